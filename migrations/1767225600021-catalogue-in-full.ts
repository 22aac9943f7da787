import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a catalogue that grows is kept in order with: tags, and a search that knows no accents. */
export class CatalogueInFull1767225600021 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table exercises
        add column tags text[] not null default '{}',
        add constraint exercises_tags_few check (cardinality(tags) <= 10);
      grant update (tags) on exercises to ademruimte_app;

      -- The words of a text without capitals and accents, each after a space, so that a search finds where one begins.
      create function folded_words(words text) returns text language sql immutable parallel safe
        return ' ' || regexp_replace(
          lower(regexp_replace(normalize(words, nfkd), '[\\u0300-\\u036f]', '', 'g')), '[^[:alnum:]]+', ' ', 'g');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function folded_words;
      alter table exercises drop column tags;
    `);
  }
}
