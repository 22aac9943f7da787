import type { MigrationInterface, QueryRunner } from 'typeorm';

const TASK = "practice_id = actor.practice_id() and actor.task() = 'erasure'";
const THE_CLIENT = `${TASK} and client_id = actor.erased_client()`;
const THE_USER = `${TASK} and user_id = actor.erased_user()`;

/** Whose rows go with the file, and under which condition the task reaches them. */
const DROPPED: Readonly<Record<string, string>> = {
  ...each(
    [
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
      'note_shares',
      'note_errors',
      'note_addenda',
      'note_bodies',
      'notes',
      'observation_details',
      'observations',
      'session_reasons',
      'session_details',
      'sessions',
      'file_transfers',
      'consents',
      'client_details',
      'client_keys',
    ],
    THE_CLIENT,
  ),
  ...each(
    [
      'address_changes',
      'credentials',
      'passkeys',
      'recovery_codes',
      'second_factors',
      'script_keys',
      'logins',
      'repeated_requests',
    ],
    THE_USER,
  ),
  one_time_tokens: `${TASK} and (client_id = actor.erased_client() or user_id = actor.erased_user())`,
  users: `${TASK} and id = actor.erased_user()`,
  // Which are whose, their logins and exports say.
  refresh_tokens: TASK,
  export_approvals: TASK,
};
/** The task sees these already, to know what a withdrawal sets going. */
const SEEN_ALREADY = ['consents'];
/** What the serving role may delete already, for other tasks. */
const DELETED_ALREADY = [
  'reminder_days',
  'readings',
  'retention_holds',
  'check_in_remarks',
  'log_remarks',
  'assignment_messages',
  'note_shares',
  'notes',
  'sessions',
  'address_changes',
  'passkeys',
  'recovery_codes',
  'second_factors',
  'repeated_requests',
  'one_time_tokens',
  'refresh_tokens',
];
/** What is held is not erased: all holds are seen, and only those of the client are dropped. */
const SEEN: Readonly<Record<string, string>> = { ...DROPPED, retention_holds: TASK };

/** Carrying out an erasure: what the task may drop, of one client at a time, and the tombstone that stays. */
export class Erasure1767225600039 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function actor.erased_client() returns uuid language sql stable parallel safe
        return nullif(current_setting('app.erased_client', true), '')::uuid;
      create function actor.erased_user() returns uuid language sql stable parallel safe
        return nullif(current_setting('app.erased_user', true), '')::uuid;

      alter table clients
        add column erased_at timestamptz(3),
        add constraint clients_tombstone_says_nothing check (
          erased_at is null
          or (status = 'closed' and num_nonnulls(email, phone, company, user_id, consent_id, invited_at) = 0));
      create index clients_erased on clients (practice_id, id) where erased_at is not null;
      grant update (erased_at) on clients to ademruimte_app;
      create policy erasure_empties on clients for update to ademruimte_app
        using (${TASK} and id = actor.erased_client());

      ${Object.entries(DROPPED)
        .map(
          ([table, rows]) => `
      ${SEEN_ALREADY.includes(table) ? '' : `create policy erasure_sees on ${table} for select to ademruimte_app using (${SEEN[table]!});`}
      create policy erasure_drops on ${table} for delete to ademruimte_app using (${rows});
      ${DELETED_ALREADY.includes(table) ? '' : opened(table)}`,
        )
        .join('')}
      -- Who is also a coach or an admin stays that.
      create policy erasure_changes on users for update to ademruimte_app using (${DROPPED['users']!});

      ${opened('data_requests')}
      grant update (details, consent_id) on data_requests to ademruimte_app;

      -- Any file of the practice may hold the client; what is only about them goes altogether.
      create policy erasure_sees on exports for select to ademruimte_app using (${TASK});
      create policy erasure_ends on exports for update to ademruimte_app using (${TASK});
      create policy erasure_drops on exports for delete to ademruimte_app using (${THE_CLIENT});
      ${opened('exports')}

      create policy data_requests_sees on retention_holds for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.task() = 'data_requests');

      select jobs.create_queue('erase-due', '{"policy": "stately", "retryLimit": 2}');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from jobs.job where name = 'erase-due';
      select jobs.delete_queue('erase-due');
      drop policy data_requests_sees on retention_holds;
      ${shut('exports')}
      drop policy erasure_drops on exports;
      drop policy erasure_ends on exports;
      drop policy erasure_sees on exports;
      ${shut('data_requests')}
      revoke update (details, consent_id) on data_requests from ademruimte_app;
      drop policy erasure_changes on users;
      ${Object.keys(DROPPED)
        .map(
          (table) => `
      ${DELETED_ALREADY.includes(table) ? '' : shut(table)}
      drop policy erasure_drops on ${table};
      ${SEEN_ALREADY.includes(table) ? '' : `drop policy erasure_sees on ${table};`}`,
        )
        .join('')}
      drop policy erasure_empties on clients;
      alter table clients drop constraint clients_tombstone_says_nothing, drop column erased_at;
      drop function actor.erased_user;
      drop function actor.erased_client;
    `);
  }
}

/** The serving role may delete here from now on: for this task, and whatever else its other policies let it do. */
const opened = (table: string): string => `
  grant delete on ${table} to ademruimte_app;
  create policy only_erasure_drops on ${table} as restrictive for delete to ademruimte_app
    using (actor.task() = 'erasure');`;
const shut = (table: string): string => `
  drop policy only_erasure_drops on ${table};
  revoke delete on ${table} from ademruimte_app;`;

function each(tables: readonly string[], rows: string): Record<string, string> {
  return Object.fromEntries(tables.map((table) => [table, rows]));
}
