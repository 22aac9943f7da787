import type { Person } from '../common/actor.js';
import type { Login } from './login.entity.js';
import type { LoginView, MeView, UserView } from './user.dto.js';
import type { Me } from './me.service.js';
import type { User } from './user.entity.js';

/** What an admin sees of a user. */
export function userView(user: User): UserView {
  const { id, name, email, roles, language, disabledAt, createdAt, version } = user;
  return {
    id,
    name,
    email,
    roles,
    language,
    ...(disabledAt && { disabledAt: disabledAt.toISOString() }),
    createdAt: createdAt.toISOString(),
    version,
  };
}

/** What a person sees of themselves. */
export function meView({ user, consent }: Me, { clientId }: Person): MeView {
  const { id, name, email, roles, language, version } = user;
  return {
    id,
    name,
    email,
    roles,
    ...(clientId && { clientId }),
    ...(consent && { consent }),
    language,
    version,
  };
}

export function loginView(
  { id, device, address, createdAt, lastSeenAt }: Login,
  { loginId }: Person,
): LoginView {
  return {
    id,
    ...(device && { device }),
    ...(address && { address }),
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    current: id === loginId,
  };
}
