import { ROLES, type Role } from '../common/actor.js';
import {
  Code,
  Codes,
  EmailAddress,
  Id,
  Instant,
  Line,
  Optional,
  Parts,
  WholeNumber,
  Flag,
  Part,
} from '../common/fields.js';
import { type Language, LANGUAGES } from '../common/language.js';
import { PageQuery } from '../common/page.dto.js';

/** The roles that an admin gives; a client gets theirs with the file. */
export const STAFF_ROLES = ['coach', 'admin'] as const;

export class AddUser {
  @Line(120, { example: 'Marijke de Wit' })
  name: string;

  @EmailAddress({ example: 'marijke@adem-en-rust.example' })
  email: string;

  @Codes(STAFF_ROLES, { minItems: 1 })
  roles: (typeof STAFF_ROLES)[number][];

  @Optional()
  @Code(LANGUAGES)
  language?: Language;
}

export class ChangeUser {
  @Optional()
  @Line(120)
  name?: string;

  /** The whole set of roles from now on; it acts on the user's next request. */
  @Optional()
  @Codes(ROLES, { minItems: 1 })
  roles?: Role[];

  @Optional()
  @Code(LANGUAGES)
  language?: Language;
}

export class UserQuery extends PageQuery {
  @Optional()
  @Code(ROLES)
  role?: Role;
}

export class UserView {
  @Id()
  id: string;

  @Line(120, { example: 'Marijke de Wit' })
  name: string;

  @EmailAddress({ example: 'marijke@adem-en-rust.example' })
  email: string;

  @Codes(ROLES)
  roles: Role[];

  @Code(LANGUAGES)
  language: Language;

  /** Since when this user may no longer sign in. */
  @Instant()
  disabledAt?: string;

  @Instant()
  createdAt: string;

  @WholeNumber(1, 2_147_483_647)
  version: number;
}

export class UserPage {
  @Parts(() => UserView, 100)
  items: UserView[];

  /** Where the next page begins; absent on the last. */
  @Line(500)
  next?: string;
}

export class ChangeMe {
  @Optional()
  @Line(120)
  name?: string;

  @Optional()
  @Code(LANGUAGES)
  language?: Language;
}

/** How the client's consent stands. */
export class OwnConsentStanding {
  /** Whether a consent is in force, so that new data about the client's health are stored. */
  @Flag()
  inForce: boolean;

  /** The version of the text that the client agreed to. */
  @WholeNumber(1, 10_000)
  textVersion?: number;

  /** The version as it reads now. */
  @WholeNumber(1, 10_000)
  currentTextVersion: number;

  /** Whether a newer text waits for an answer. Until then the consent in force stands, for what its own text says. */
  @Flag()
  newTextWaits: boolean;
}

export class MeView {
  @Id()
  id: string;

  @Line(120, { example: 'Marijke de Wit' })
  name: string;

  @EmailAddress({ example: 'marijke@adem-en-rust.example' })
  email: string;

  @Codes(ROLES)
  roles: Role[];

  /** The person's own file, where the person is a client. */
  @Id()
  clientId?: string;

  /** How my consent stands, where I am a client. */
  @Part(() => OwnConsentStanding)
  consent?: OwnConsentStanding;

  @Code(LANGUAGES)
  language: Language;

  @WholeNumber(1, 2_147_483_647)
  version: number;
}

export class LoginView {
  @Id()
  id: string;

  /** What the browser or app called itself. */
  @Line(200)
  device?: string;

  @Line(45)
  address?: string;

  @Instant()
  createdAt: string;

  @Instant()
  lastSeenAt: string;

  /** Whether this is the login that asks. */
  current: boolean;
}

export class LoginList {
  @Parts(() => LoginView, 100)
  items: LoginView[];
}
