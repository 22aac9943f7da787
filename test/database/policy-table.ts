import { type TaskName } from '../../src/common/actor.js';

/** Who asks the database: a kind of person, a task of the system, or nobody at all. */
export type Kind = 'coach' | 'client' | 'admin' | TaskName | 'nobody';
export type Verb = 'see' | 'add' | 'change' | 'drop';

/** Which rows, as a condition on them; none where a verb is absent. */
export type Rights = Partial<Record<Verb, string>>;

/** Rows of one's own practice; only `ANYWHERE` reaches further, and only for what is written and never read. */
const ALL = 'true';
export const ANYWHERE = 'anywhere';

/** In a condition `me` is the user, and `my_file` the file of a client. */
const MINE = 'coach_id = me';
const MY_FILE = 'client_id = my_file';
const MYSELF = 'user_id = me';

const can = (verbs: string, rows: string): Rights =>
  Object.fromEntries(verbs.split(' ').map((verb) => [verb, rows]));

/** At a transfer the copies of the file's coach are rewritten, and nothing is added or dropped. */
const moves = { transfer: can('see change', ALL) };
/** To know whether there is anything to remind of, and whether who reads it came back. */
const reminded = { reminders: can('see', ALL) };
/** When the term of a file ends, and what keeps it. */
const reckoned = { retention: can('see', ALL) };
const exported = { export: can('see', ALL) };
/** An import writes texts and reads none back; what it looks at is who and what there is already. */
const broughtIn = { import: can('add', ALL) };
const lookedUp = { import: can('see', ALL) };
const lookedUpAndBroughtIn = { import: can('see add', ALL) };
/** A closing sees what it calls off; a change that is not that one is refused whole. */
const calledOff = { closure: can('see', ALL) };
const everyTask = (rights: Rights): Partial<Record<Kind, Rights>> => ({
  sign_in: rights,
  invitation: rights,
  mail: rights,
  password_reset: rights,
  address_change: rights,
  transfer: rights,
  closure: rights,
  export: rights,
  import: rights,
  housekeeping: rights,
  onboarding: rights,
  sealing: rights,
  factor_removal: rights,
  data_requests: rights,
  erasure: rights,
  key_rotation: rights,
  knowledge: rights,
  intake_form: rights,
  intake: rights,
  reminders: rights,
  retention: rights,
});
const everyPerson = (rights: Rights): Partial<Record<Kind, Rights>> => ({
  coach: rights,
  client: rights,
  admin: rights,
});

/**
 * What the policies let through, table by table; a table that is not here is closed to all, and fails a test. Of the rows of a
 * client or a user the task `erasure` sees and drops those of the one that its transaction is aimed at, and here it is at nobody.
 */
export const POLICY_TABLE: Readonly<Record<string, Partial<Record<Kind, Rights>>>> = {
  practices: {
    ...everyPerson(can('see', ALL)),
    ...everyTask(can('see', ALL)),
    admin: can('see change', ALL),
    onboarding: can('see add', ALL),
  },
  practice_words: {
    ...everyPerson(can('see', ALL)),
    ...everyTask(can('see', ALL)),
    admin: can('see add change', ALL),
  },
  users: {
    coach: { see: "id = me or 'coach' = any (roles)", change: 'id = me' },
    client: { see: "id = me or 'coach' = any (roles)", change: 'id = me' },
    admin: can('see add change', ALL),
    invitation: can('see add change', ALL),
    onboarding: can('see add change', ALL),
    sign_in: can('see', ALL),
    transfer: can('see', ALL),
    mail: can('see', ALL),
    password_reset: can('see change', ALL),
    address_change: can('see change', ALL),
    ...reminded,
    ...exported,
    ...lookedUp,
  },
  credentials: {
    sign_in: can('see add change', ALL),
    invitation: can('see add change', ALL),
    password_reset: can('see change', ALL),
    address_change: can('see change', ALL),
  },
  logins: {
    coach: can('see add change', MYSELF),
    client: can('see add change', MYSELF),
    admin: { ...can('see change', ALL), add: MYSELF },
    sign_in: can('see add change', ALL),
    mail: can('see', ALL),
    password_reset: can('see change', ALL),
    address_change: can('see change', ALL),
    ...reminded,
  },
  refresh_tokens: {
    sign_in: can('see add change drop', ALL),
    housekeeping: can('see drop', ALL),
    erasure: can('see drop', ALL),
  },
  script_keys: {
    coach: can('see add', MYSELF),
    client: can('see add', MYSELF),
    admin: { see: ALL, add: MYSELF },
    sign_in: can('see', ALL),
  },
  one_time_tokens: {
    invitation: can('see add change', "purpose = 'invitation'"),
    onboarding: can('see add change', "purpose = 'invitation'"),
    mail: can('see add change', "purpose <> 'invitation'"),
    sign_in: can('see change', "purpose = 'mail_sign_in'"),
    password_reset: can('see change', "purpose in ('password_reset', 'mail_sign_in')"),
    address_change: can('see change', "purpose in ('address_change', 'address_change_cancellation')"),
    housekeeping: can('see drop', ALL),
  },
  address_changes: {
    address_change: can('see add change', ALL),
    mail: can('see', ALL),
    housekeeping: can('see drop', ALL),
  },
  mail_requests: {
    ...everyPerson(can('add', ANYWHERE)),
    ...everyTask(can('add', ANYWHERE)),
    nobody: can('add', ANYWHERE),
    housekeeping: can('see add drop', ANYWHERE),
  },
  ...Object.fromEntries(
    ['second_factors', 'recovery_codes', 'passkeys'].map((table) => [
      table,
      {
        ...everyPerson(can('see add change drop', MYSELF)),
        sign_in: can('see add change drop', ALL),
        factor_removal: can('see drop', ALL),
        ...(table === 'second_factors' && { key_rotation: can('see change', ALL) }),
      },
    ]),
  ),
  spent_challenges: { sign_in: can('see add', ALL), housekeeping: can('see drop', ALL) },
  repeated_requests: {
    ...everyPerson(can('see add change drop', MYSELF)),
    housekeeping: can('see drop', ALL),
  },

  audit_events: {
    ...everyTask(can('add', ANYWHERE)),
    nobody: can('add', ANYWHERE),
    coach: can('add', ANYWHERE),
    client: { add: ANYWHERE, see: MY_FILE },
    admin: { add: ANYWHERE, see: ALL },
    export: { add: ANYWHERE, see: ALL },
    sealing: { add: ANYWHERE, see: ALL },
  },
  audit_event_clients: {
    ...everyTask(can('add', ANYWHERE)),
    nobody: can('add', ANYWHERE),
    coach: can('add', ANYWHERE),
    client: { add: ANYWHERE, see: MY_FILE },
    admin: { add: ANYWHERE, see: ALL },
  },
  audit_seals: { sealing: can('see add', ALL), admin: can('see', ALL) },
  security_events: {
    ...everyPerson(can('add', ANYWHERE)),
    ...everyTask(can('add', ANYWHERE)),
    nobody: can('add', ANYWHERE),
  },

  // HMACs of whoever is not known yet, counted before anybody is.
  throttles: {
    ...everyPerson(can('see add change drop', ANYWHERE)),
    ...everyTask(can('see add change drop', ANYWHERE)),
    nobody: can('see add change drop', ANYWHERE),
  },

  clients: {
    coach: can('see add change', MINE),
    client: can('see change', 'id = my_file'),
    admin: can('see add change', ALL),
    transfer: can('see add change', ALL),
    invitation: can('see add change', ALL),
    intake: can('see add change', ALL),
    sign_in: can('see', ALL),
    address_change: can('see change', 'user_id is not null'),
    ...reminded,
    ...calledOff,
    ...exported,
    ...reckoned,
    data_requests: can('see', ALL),
    mail: can('see', ALL),
    erasure: can('see', ALL),
    ...lookedUpAndBroughtIn,
  },
  client_details: {
    coach: can('see add change', MINE),
    client: can('see', MY_FILE),
    intake: can('see add', ALL),
    ...moves,
    ...broughtIn,
  },
  client_keys: {
    coach: can('see add', MINE),
    client: can('see', MY_FILE),
    admin: can('add', ALL),
    intake: can('see add', ALL),
    key_rotation: can('see change', ALL),
    data_requests: can('see', ALL),
    ...reckoned,
    ...moves,
    ...lookedUpAndBroughtIn,
  },
  practice_keys: {
    coach: can('see', ALL),
    admin: can('see', ALL),
    intake_form: can('see add', ALL),
    intake: can('see', ALL),
    key_rotation: can('see change', ALL),
  },
  intake_requests: {
    coach: can('see change', ALL),
    admin: can('see change', ALL),
    intake_form: can('add', "status = 'new'"),
    intake: can('see change', ALL),
    housekeeping: can('see drop', ALL),
  },
  consent_texts: {
    ...everyPerson(can('see', ALL)),
    ...everyTask(can('see', ALL)),
    admin: can('see add', ALL),
    onboarding: can('see add', ALL),
  },
  consents: {
    coach: can('see add change', MINE),
    client: can('see add change', MY_FILE),
    admin: can('see add change', ALL),
    invitation: can('see add change', ALL),
    intake: can('see add', ALL),
    erasure: can('see', ALL),
    ...moves,
    ...exported,
    ...broughtIn,
  },

  sessions: {
    coach: can('see add change drop', MINE),
    client: can('see', MY_FILE),
    admin: can('see', ALL),
    retention: can('see drop', ALL),
    ...reminded,
    ...calledOff,
    ...moves,
    ...exported,
    import: can('see add change', ALL),
  },
  session_details: {
    coach: can('see add change', MINE),
    client: can('see', MY_FILE),
    ...moves,
    ...broughtIn,
  },
  session_reasons: { coach: can('see add change', MINE), ...moves },
  observations: { coach: can('see add change', MINE), client: can('see', MY_FILE), ...moves, ...broughtIn },
  observation_details: { coach: can('see add change', MINE), ...moves, ...broughtIn },

  notes: {
    coach: {
      see: MINE,
      add: `${MINE} and author_id = me and status = 'draft'`,
      change: MINE,
      drop: `${MINE} and author_id = me and status = 'draft'`,
    },
    client: can('see', `${MY_FILE} and visibility = 'shared' and status <> 'draft'`),
    admin: can('see', ALL),
    ...moves,
    ...exported,
    import: { see: ALL, add: 'import_id is not null' },
  },
  note_bodies: {
    coach: {
      ...can('see change', `${MINE} and coach_reader_id = me`),
      add: `${MINE} and coach_reader_id = me and written_by = me`,
    },
    client: can('see', 'client_reader_id = my_file'),
    ...moves,
    ...broughtIn,
  },
  note_addenda: {
    coach: {
      ...can('see change', `${MINE} and coach_reader_id = me`),
      add: `${MINE} and coach_reader_id = me and signed_by = me`,
    },
    client: can('see', 'client_reader_id = my_file'),
    ...moves,
    ...broughtIn,
  },
  note_errors: { coach: can('see add', `${MINE} and coach_reader_id = me`), ...moves },
  note_withholdings: {
    coach: can('see add change drop', MINE),
    export: can('see', ALL),
    ...moves,
  },
  note_templates: { coach: can('see add change drop', ALL), admin: can('see add change drop', ALL) },
  note_shares: {
    coach: {
      see: MINE,
      add: `${MINE} and shared_by = me and first_read_at is null`,
      drop: `${MINE} and first_read_at is null`,
    },
    client: can('see change', MY_FILE),
    admin: can('see', ALL),
    ...moves,
    ...broughtIn,
  },

  exercises: {
    coach: can('see add change', ALL),
    client: can('see', "status <> 'draft'"),
    admin: can('see add change', ALL),
    onboarding: can('see add change', ALL),
    ...exported,
  },
  exercise_versions: {
    coach: can('see add change', ALL),
    client: can('see', 'published_at is not null'),
    admin: can('see add change', ALL),
    onboarding: can('see add change', ALL),
    housekeeping: can('see', ALL),
    ...exported,
  },
  exercise_media: {
    coach: can('see add drop', ALL),
    client: can('see', ALL),
    admin: can('see add drop', ALL),
    housekeeping: can('see add drop', ALL),
  },
  exercise_sets: {
    coach: can('see add change drop', ALL),
    admin: can('see add change drop', ALL),
  },
  exercise_set_items: {
    coach: can('see add drop', ALL),
    admin: can('see add drop', ALL),
  },
  articles: {
    coach: can('see add change', ALL),
    client: can('see', "status <> 'draft'"),
    admin: can('see add change', ALL),
    knowledge: can('see', "status = 'published'"),
    onboarding: can('see add change', ALL),
    ...exported,
  },
  article_versions: {
    coach: can('see add change', ALL),
    client: can('see', 'published_at is not null'),
    admin: can('see add change', ALL),
    knowledge: can('see', 'published_at is not null'),
    onboarding: can('see add change', ALL),
    ...exported,
  },
  exercise_articles: {
    coach: can('see add drop', ALL),
    client: can('see', ALL),
    admin: can('see add drop', ALL),
  },
  readings: {
    coach: can('see add change drop', MINE),
    client: can('see', MY_FILE),
    admin: can('see', ALL),
    ...moves,
    ...exported,
  },
  assignments: {
    coach: can('see add change', MINE),
    client: can('see change', MY_FILE),
    admin: can('see', ALL),
    ...reminded,
    ...calledOff,
    ...moves,
    ...exported,
  },
  assignment_messages: { coach: can('see add change drop', MINE), client: can('see', MY_FILE), ...moves },
  assignment_pauses: {
    coach: can('see add change', MINE),
    client: can('see add change', MY_FILE),
    ...calledOff,
    ...moves,
  },
  logs: {
    coach: can('see', `${MINE} and sharing <> 'private'`),
    client: can('see add change', MY_FILE),
    admin: can('see', ALL),
    ...reminded,
    ...moves,
    ...exported,
  },
  log_details: {
    coach: can('see', `${MINE} and sharing <> 'private'`),
    client: can('see add change', MY_FILE),
    ...moves,
  },
  log_remarks: {
    coach: can('see', `${MINE} and sharing = 'all'`),
    client: can('see add change drop', MY_FILE),
    ...moves,
  },
  log_corrections: { client: can('see add change', MY_FILE), ...moves },
  check_ins: {
    coach: can('see', `${MINE} and sharing <> 'private'`),
    client: can('see add change', MY_FILE),
    ...reminded,
    ...moves,
  },
  check_in_remarks: {
    coach: can('see', `${MINE} and sharing = 'all'`),
    client: can('see add change drop', MY_FILE),
    ...moves,
  },
  check_in_corrections: { client: can('see add change', MY_FILE), ...moves },

  reminder_settings: {
    client: can('see add change', MY_FILE),
    // It switches off and never on: a change that leaves one on is refused.
    reminders: can('see change', ALL),
    ...moves,
  },
  reminder_days: { reminders: can('see add change', ALL), housekeeping: can('see drop', ALL), ...moves },

  file_transfers: {
    coach: can('see', MINE),
    admin: can('see', ALL),
    transfer: can('see add change', ALL),
    ...exported,
  },

  data_requests: {
    client: can('see', MY_FILE),
    admin: can('see', ALL),
    data_requests: can('see add change', ALL),
    erasure: can('see add change drop', ALL),
    mail: can('see', ALL),
    ...reminded,
    retention: { see: ALL, add: "kind = 'erasure' and status = 'received'" },
    ...moves,
    ...exported,
    ...lookedUp,
  },

  retention_holds: {
    retention: can('see add change drop', ALL),
    data_requests: can('see', ALL),
    erasure: can('see', ALL),
    ...moves,
  },

  exports: {
    coach: {
      see: 'me = any (approvers)',
      add: "requested_by = me and records = 'dossier' and bodies",
      change: "requested_by = me and records = 'dossier'",
    },
    admin: can('see add change', ALL),
    export: can('see add change', ALL),
    housekeeping: can('see add change', ALL),
    erasure: can('see change', ALL),
  },
  imports: {
    admin: can('see add change', ALL),
    import: can('see add change', ALL),
    housekeeping: can('see add change', ALL),
  },
  import_contents: {
    admin: can('add', ALL),
    import: can('see drop', ALL),
    housekeeping: can('see drop', ALL),
  },
  export_approvals: {
    coach: can('see add', MINE),
    admin: { see: ALL, add: 'decision is null or coach_id = me' },
    export: can('see', ALL),
    erasure: can('see drop', ALL),
  },
};
