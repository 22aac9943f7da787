import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a coach sees of a check-in, and an admin does not. */
const SEEN = [
  ['check_ins', "sharing <> 'private'"],
  ['check_in_remarks', "sharing = 'all'"],
] as const;

/** What was given to read; that it was given is open to an export already. */
const ARTICLES = ['articles', 'article_versions'];

/** In the dossier that a coach makes of their own client stand also the check-ins that the client shares; in any, what it was that was given to read. */
export class CheckInsLeave1767225600034 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [table, shared] of SEEN) {
      await runner.query(`
        create policy export_reads_own on ${table} for select to ademruimte_app
          using (practice_id = actor.practice_id() and actor.task() = 'export' and coach_id = actor.user_id()
            and coach_id = any (actor.approved_coaches()) and ${shared})`);
    }
    for (const table of ARTICLES) {
      await runner.query(`
        create policy export_sees on ${table} for select to ademruimte_app
          using (practice_id = actor.practice_id() and actor.task() = 'export')`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ARTICLES) await runner.query(`drop policy export_sees on ${table}`);
    for (const [table] of SEEN) await runner.query(`drop policy export_reads_own on ${table}`);
  }
}
