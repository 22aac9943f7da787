/**
 * What an erasure drops, table by table, in an order in which no row still points at one that is gone. This list and `KEPT`
 * are the only places that say so: a test holds them against the database, so that a new table about somebody fails until
 * it stands in one of the two.
 */

/** Of the file, by `client_id`. */
export const DROPPED_OF_FILE = [
  'reminder_days',
  'reminder_settings',
  'readings',
  'retention_holds',
  'check_in_corrections',
  'check_in_remarks',
  'check_ins',
  'log_corrections',
  'log_remarks',
  'log_details',
  'logs',
  'assignment_messages',
  'assignment_pauses',
  'assignments',
  'note_withholdings',
  'note_shares',
  'note_errors',
  'note_addenda',
  'note_bodies',
  'notes',
  'observation_details',
  'observations',
  'session_reasons',
  'session_details',
  'file_transfers',
  'one_time_tokens',
  'client_details',
  'client_keys',
] as const;

/** Of who signed in to it, by `user_id`. */
export const DROPPED_OF_USER = [
  'one_time_tokens',
  'address_changes',
  'passkeys',
  'recovery_codes',
  'second_factors',
  'script_keys',
  'repeated_requests',
  'credentials',
] as const;

/** What has rows of a client or a user, and is not simply dropped: what becomes of it, and why. */
export const KEPT: Readonly<Record<string, string>> = {
  sessions: 'dates, durations and prices stay for the tax office; what has no such use is dropped',
  consents: 'dropped last, once neither tombstone nor request names one',
  data_requests: 'that it was erased stays, without a word; other requests are dropped',
  exports: 'copies of this client alone are dropped with their files; files that may hold them expire',
  logins: 'dropped once their refresh tokens are',
  audit_events: 'who did what is owed to whoever asks later: ids, no names, five years (append-only)',
  audit_event_clients: 'the same',
};
