import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The passphrase of a copy is told by the coach, whom the client knows, and no longer mailed. */
export class PassphrasesByCoaches1767225600042 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('drop policy mail_sees on exports');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create policy mail_sees on exports for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.task() = 'mail' and handover = 'passphrase');
    `);
  }
}
