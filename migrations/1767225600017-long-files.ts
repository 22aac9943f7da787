import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables of a file that grow long. */
const LONG = [
  'sessions',
  'observations',
  'notes',
  'note_bodies',
  'assignments',
  'assignment_pauses',
  'logs',
  'log_details',
];

/**
 * What keeps a page of a long file as cheap as one of a short file. The statistics tell the planner that a row's client
 * decides its coach: without them each column that the policies compare makes it expect fewer rows, until it reads the
 * whole file and sorts, where a page along the index would do.
 */
export class LongFiles1767225600017 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of LONG) {
      await runner.query(
        `create statistics ${table}_whose (dependencies) on practice_id, client_id, coach_id from ${table}`,
      );
    }
    await runner.query(`
      create index notes_shared_with_client on notes (practice_id, client_id, id desc)
        where visibility = 'shared' and status <> 'draft'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index notes_shared_with_client');
    for (const table of LONG) await runner.query(`drop statistics ${table}_whose`);
  }
}
