import { randomUUID } from 'node:crypto';
import { createSigner } from 'fast-jwt';
import type { Role } from '../src/common/actor.js';
import type { Settings } from '../src/config/settings.js';
import { ALGORITHM, AUDIENCE, ISSUER, TOKEN_TYPE } from '../src/auth/access-tokens.js';
import { ADMINS, CLIENT_USERS_FROM, COACHES_FROM, idOf, LARGE, type Shape } from './data/shape.js';

/** Somebody of the large practice, with a token of their own. */
export interface Somebody {
  /** Which of its kind; of a client also the number of the file. */
  readonly number: number;
  readonly userId: string;
  readonly loginId: string;
  readonly clientId?: string;
  readonly token: string;
}

export type People = Readonly<Record<Role, readonly Somebody[]>>;

/** So many different clients ask, spread over all of them: no row is hotter than it would be. */
const ASKING_CLIENTS = 4_000;

/** Tokens live for minutes: these are made for each round. */
export function peopleOf(shape: Shape, settings: Settings): People {
  const sign = createSigner({
    algorithm: ALGORITHM,
    key: settings.tokenKeys[0].key.export(),
    iss: ISSUER,
    aud: AUDIENCE,
    expiresIn: 600_000,
    header: { alg: ALGORITHM, typ: TOKEN_TYPE, kid: settings.tokenKeys[0].id },
    notBefore: 0,
  });
  const somebody = (role: Role, number: number, row: number): Somebody => {
    const userId = idOf('user', LARGE, row);
    const loginId = idOf('login', LARGE, row);
    const clientId = role === 'client' ? idOf('client', LARGE, number) : undefined;
    const claims = { sub: userId, practice: idOf('practice', LARGE, 0), login: loginId, roles: [role] };
    const token = sign({ ...claims, ...(clientId && { client: clientId }), jti: randomUUID() });
    return { number, userId, loginId, clientId, token };
  };
  const step = shape.clients / ASKING_CLIENTS;
  return {
    client: many(ASKING_CLIENTS, (i) => {
      const number = 1 + Math.floor(i * step);
      return somebody('client', number, CLIENT_USERS_FROM + number);
    }),
    coach: many(shape.coaches, (i) => somebody('coach', i, COACHES_FROM + i)),
    admin: many(ADMINS, (i) => somebody('admin', i, 1 + i)),
  };
}

const many = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
