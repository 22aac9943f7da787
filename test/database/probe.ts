import { type Client, escapeIdentifier } from 'pg';
import type { Actor } from '../../src/common/actor.js';
import { begin } from '../../src/database/actor-settings.js';
import { keyOf } from './tables.js';
import type { Verb } from './policy-table.js';

/** What somebody reaches in one table: the keys of the rows, by verb. */
export type Reached = Record<Verb, string[]>;

/**
 * Tries each row of a table in turn: one that is refused for whose it is (42501) is left out; one that is refused
 * for being there already was let through by the policy.
 */
const INSERT_EACH = `
  create schema probe;
  grant usage on schema probe to ademruimte_app;
  create function probe.insert_each(given regclass, rows jsonb) returns setof integer language plpgsql as $$
  declare
    columns text;
  begin
    select string_agg(quote_ident(attname), ', ') into columns from pg_attribute
     where attrelid = given and attnum > 0 and not attisdropped and attgenerated = ''
       and has_column_privilege('ademruimte_app', attrelid, attnum, 'insert');
    for i in 0 .. jsonb_array_length(rows) - 1 loop
      begin
        execute format('insert into %1$s (%2$s) select %2$s from jsonb_populate_record(null::%1$s, $1)', given, columns)
          using rows -> i;
        return next i;
      exception
        when insufficient_privilege then null;
        when others then return next i;
      end;
    end loop;
  end $$`;

/** Asks the database itself, past the service, what an actor may do. */
export class Probe {
  private readonly keys = new Map<string, string>();

  private constructor(
    private readonly superuser: Client,
    /** Signed in as the serving role. */
    private readonly reader: Client,
    /** The serving role by `set role`, with foreign keys and triggers at rest: only policies and grants speak. */
    private readonly writer: Client,
  ) {}

  static async make(superuser: Client, reader: Client, writer: Client): Promise<Probe> {
    await superuser.query(INSERT_EACH);
    await writer.query('set session_replication_role = replica; set role ademruimte_app');
    return new Probe(superuser, reader, writer);
  }

  /** Every row for which a condition holds, as the superuser sees it. */
  async rows(table: string, condition: string): Promise<{ key: string; row: object }[]> {
    const { rows } = await this.superuser.query<{ key: string; row: object }>(
      `select ${await this.key(table)} as key, to_jsonb(t) as row from ${escapeIdentifier(table)} t
        where ${condition} order by key`,
    );
    return rows;
  }

  async reach(actor: Actor | undefined, table: string): Promise<Reached> {
    const name = escapeIdentifier(table);
    const key = await this.key(table);
    const column = await this.changeable(table);
    const all = await this.rows(table, 'true');
    const added = await this.ask<{ i: number }>(
      this.writer,
      actor,
      `select probe.insert_each('${name}', $1) as i`,
      [JSON.stringify(all.map(({ row }) => row))],
    );
    return {
      see: keysOf(await this.ask(this.reader, actor, `select ${key} as key from ${name}`)),
      add: added.map(({ i }) => all[i]!.key).sort(),
      change: column
        ? keysOf(
            await this.ask(
              this.writer,
              actor,
              `update ${name} set ${column} = ${column} returning ${key} as key`,
            ),
          )
        : [],
      drop: keysOf(await this.ask(this.writer, actor, `delete from ${name} returning ${key} as key`)),
    };
  }

  /** One statement in a transaction of this actor, which is then undone; nothing where it is not granted. */
  async ask<Row>(
    client: Client,
    actor: Actor | undefined,
    sql: string,
    values: unknown[] = [],
  ): Promise<Row[]> {
    await client.query(actor ? begin(actor, 'read write') : 'begin');
    try {
      return (await client.query(sql, values)).rows as Row[];
    } catch (error) {
      if ((error as { code?: string }).code === '42501') return [];
      throw error;
    } finally {
      await client.query('rollback');
    }
  }

  private async key(table: string): Promise<string> {
    const known = this.keys.get(table);
    if (known) return known;
    const columns = await keyOf(this.superuser, table);
    const key = `concat_ws(' ', ${columns.map(escapeIdentifier).join(', ')})`;
    this.keys.set(table, key);
    return key;
  }

  /** A column that the serving role may change, if there is one. */
  private async changeable(table: string): Promise<string | undefined> {
    const { rows } = await this.superuser.query<{ name: string }>(
      `select quote_ident(attname) as name from pg_attribute
        where attrelid = $1::regclass and attnum > 0 and not attisdropped
          and has_column_privilege('ademruimte_app', attrelid, attnum, 'update') limit 1`,
      [`public.${table}`],
    );
    return rows[0]?.name;
  }
}

const keysOf = (rows: { key: string }[]): string[] => rows.map(({ key }) => key).sort();
