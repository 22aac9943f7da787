import type { MigrationInterface, QueryRunner } from 'typeorm';

/** In the progress picture of a dossier a rest is not taken for something left undone: whose dossier it is, those pauses are seen. */
export class PausesInThePicture1767225600041 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create policy export_reads_own on assignment_pauses for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.task() = 'export'
          and (client_id = actor.copied_client()
            or (coach_id = actor.user_id() and coach_id = any (actor.approved_coaches()))));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop policy export_reads_own on assignment_pauses');
  }
}
