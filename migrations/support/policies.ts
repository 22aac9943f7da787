/**
 * SQL that every tenant table needs, so that none forgets it. Migrations that have run depend on what
 * these return: write a new function rather than change one.
 */

/** Row-level security on, for the owner of the table too. */
export const secured = (table: string): string => `
  alter table ${table} enable row level security;
  alter table ${table} force row level security;`;

/**
 * A table with rows of a client's file. Each row carries the file's coach of today, tied to the file
 * itself, so that a policy is a comparison of columns; a transfer to another coach rewrites that copy,
 * and the system task \`transfer\` may do so and nothing else.
 */
export const rowsOfAFile = (table: string): string => `
  alter table ${table} add constraint ${table}_file_fkey foreign key (practice_id, client_id, coach_id)
    references clients (practice_id, id, coach_id) deferrable initially deferred;
  ${secured(table)}
  create policy transfer_sees on ${table} for select to ademruimte_app
    using (practice_id = actor.practice_id() and actor.task() = 'transfer');
  create policy transfer_moves on ${table} for update to ademruimte_app
    using (practice_id = actor.practice_id() and actor.task() = 'transfer');
  grant update (coach_id) on ${table} to ademruimte_app;`;

/** The file's coach of today may do with these rows what the grants allow. */
export const openToCoach = (table: string): string => `
  create policy coach on ${table} to ademruimte_app
    using (practice_id = actor.practice_id() and coach_id = actor.coach_id());`;

/** The client may see the rows of their own file. */
export const visibleToClient = (table: string): string => `
  create policy client_sees on ${table} for select to ademruimte_app
    using (practice_id = actor.practice_id() and client_id = actor.client_id());`;

/** The client may see and write the rows of their own file. */
export const openToClient = (table: string): string => `
  create policy client on ${table} to ademruimte_app
    using (practice_id = actor.practice_id() and client_id = actor.client_id());`;

/** The admin may see the rows of the whole practice, and so may an export that an admin asked for. */
export const visibleToAdmin = (table: string): string => `
  create policy admin_sees on ${table} for select to ademruimte_app
    using (practice_id = actor.practice_id() and actor.is_admin());
  create policy export_sees on ${table} for select to ademruimte_app
    using (practice_id = actor.practice_id() and actor.task() = 'export');`;

/** One system task may do with these rows what the grants allow. */
export const openToTask = (table: string, task: string): string => `
  create policy ${task} on ${table} to ademruimte_app
    using (practice_id = actor.practice_id() and actor.task() = '${task}');`;
