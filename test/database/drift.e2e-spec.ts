import { Client } from 'pg';
import type { DataSource, EntityMetadata } from 'typeorm';
import { dataSource } from '../../src/database/data-source.js';
import { ENTITIES } from '../../src/entities.js';
import { cloneDatabase } from '../support/cluster.js';
import { keyOf } from './tables.js';

/** A column, as an entity describes it and as it is. */
interface Described {
  readonly name: string;
  readonly type: string;
  readonly isNullable: boolean;
  readonly generatedAs?: string;
}

let database: Awaited<ReturnType<typeof cloneDatabase>>;
let client: Client;
let source: DataSource;

beforeAll(async () => {
  database = await cloneDatabase();
  client = new Client({ connectionString: database.superuser });
  await client.connect();
  source = await dataSource({ url: database.owner, entities: ENTITIES }).initialize();
});
afterAll(async () => {
  await source.destroy();
  await client.end();
  await database.drop();
});

describe('an entity', () => {
  it.each(ENTITIES)('%p has each column of its table, as it is, and no other', async (entity) => {
    const metadata = source.getMetadata(entity);
    expect(described(metadata)).toEqual(await columnsOf(metadata.tableName));
  });

  it.each(ENTITIES)('%p is known by the key of its table', async (entity) => {
    const metadata = source.getMetadata(entity);
    expect(metadata.primaryColumns.map((column) => column.databaseName)).toEqual(
      await keyOf(client, metadata.tableName),
    );
  });

  it('leaves TypeORM no column to add, change or drop', async () => {
    await knowGeneratedColumns();
    const { upQueries } = await source.driver.createSchemaBuilder().log();
    const changes = upQueries.map(({ query }) => query);
    expect(
      changes.filter((query) => /(create|drop) table|rename|column| add (?!constraint)/i.test(query)),
    ).toEqual([]);
  });
});

/** TypeORM looks for the expressions of generated columns in a table of its own, which our migrations do not make. */
async function knowGeneratedColumns(): Promise<void> {
  await client.query(`create table typeorm_metadata
    (type varchar, database varchar, schema varchar, "table" varchar, name varchar, value text)`);
  await client.query('grant select on typeorm_metadata to ademruimte_owner');
  for (const { tableName, columns } of source.entityMetadatas) {
    for (const { databaseName, asExpression } of columns) {
      if (!asExpression) continue;
      await client.query(
        `insert into typeorm_metadata values ('GENERATED_COLUMN', current_database(), 'public', $1, $2, $3)`,
        [tableName, databaseName, asExpression],
      );
    }
  }
}

function described({ columns }: EntityMetadata): Described[] {
  return columns
    .map((column) => ({
      name: column.databaseName,
      type: typeOf(column),
      isNullable: column.isNullable,
      ...(column.asExpression && { generatedAs: column.asExpression }),
    }))
    .sort(byName);
}

/** A type in the words of Postgres. */
function typeOf(column: EntityMetadata['columns'][number]): string {
  const type = source.driver.normalizeType(column);
  const precise =
    column.precision == null ? type : type.replace('timestamp', `timestamp(${column.precision})`);
  return column.isArray ? `${precise}[]` : precise;
}

async function columnsOf(table: string): Promise<Described[]> {
  const { rows } = await client.query<Described>(
    `select attname as name, format_type(atttypid, atttypmod) as type, not attnotnull as "isNullable",
            case when attgenerated <> '' then pg_get_expr(adbin, adrelid) end as "generatedAs"
       from pg_attribute left join pg_attrdef on adrelid = attrelid and adnum = attnum
      where attrelid = to_regclass('public.' || $1) and attnum > 0 and not attisdropped`,
    [table],
  );
  return rows
    .map(({ generatedAs, ...column }) => ({ ...column, ...(generatedAs && { generatedAs }) }))
    .sort(byName);
}

const byName = (one: Described, other: Described): number => (one.name < other.name ? -1 : 1);
