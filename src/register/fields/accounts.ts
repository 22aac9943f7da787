import { type ClassifiedTables, ofAccount } from '../classified.js';

/** The people who sign in, and what they sign in with. */
export const ACCOUNTS: ClassifiedTables = {
  users: ofAccount({
    identity: 'name',
    contact: 'email language',
    technical: 'practice_id id roles disabled_at created_at version',
  }),
  credentials: ofAccount({ technical: 'practice_id user_id password_hash changed_at' }),
  logins: ofAccount({
    contact: 'address device',
    technical: 'practice_id id user_id created_at last_seen_at ended_at ended_because authenticated_at',
  }),
  refresh_tokens: ofAccount(
    { technical: 'practice_id id login_id hash issued_at expires_at used_at repeated_at' },
    'short',
  ),
  second_factors: ofAccount({
    technical: 'practice_id user_id sealed_secret created_at confirmed_at last_step',
  }),
  recovery_codes: ofAccount({ technical: 'practice_id id user_id hash created_at used_at' }),
  passkeys: ofAccount({
    technical:
      'practice_id id user_id credential_id public_key sign_count name is_synced created_at last_used_at',
  }),
  script_keys: ofAccount({
    technical: 'practice_id id user_id name scopes roles hash expires_at',
  }),
  one_time_tokens: ofAccount(
    {
      technical:
        'practice_id id purpose user_id client_id hash sent_to created_at expires_at used_at address_change_id browser',
    },
    'short',
  ),
  address_changes: ofAccount(
    {
      contact: 'old_email new_email',
      technical: 'practice_id id user_id requested_at confirmed_at cancelled_at',
    },
    'short',
  ),
  mail_requests: ofAccount(
    {
      contact: 'email address',
      technical: 'id purpose practice_slug browser request_id asked_at',
    },
    'short',
  ),
};
