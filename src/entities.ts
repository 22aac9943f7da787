import { Credential } from './auth/credential.entity.js';
import { RefreshToken } from './auth/refresh-token.entity.js';
import { Client } from './clients/client.entity.js';
import { ClientDetails } from './clients/client-details.entity.js';
import { ClientKey } from './clients/client-key.entity.js';
import { Consent } from './clients/consent.entity.js';
import { ConsentText } from './clients/consent-text.entity.js';
import { Note } from './notes/note.entity.js';
import { NoteBody } from './notes/note-body.entity.js';
import { NoteShare } from './notes/note-share.entity.js';
import { Practice } from './practices/practice.entity.js';
import { Session } from './sessions/session.entity.js';
import { Login } from './users/login.entity.js';
import { OneTimeToken } from './users/one-time-token.entity.js';
import { User } from './users/user.entity.js';

/** Every entity, by name: nothing is found by where a file happens to lie. */
export const ENTITIES = [
  Practice,
  User,
  Login,
  OneTimeToken,
  Credential,
  RefreshToken,
  Client,
  ClientDetails,
  ClientKey,
  Consent,
  ConsentText,
  Session,
  Note,
  NoteBody,
  NoteShare,
];
