import {
  EntityManager,
  EntityNotFoundError,
  type EntityTarget,
  type FindOneOptions,
  type FindOptionsWhere,
  InsertResult,
  type ObjectLiteral,
  type QueryRunner,
} from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';
import type { Tx } from './tx.js';

type Where<Row> = FindOptionsWhere<Row> | FindOptionsWhere<Row>[];

const LOCKS: Readonly<Record<string, string>> = {
  pessimistic_write: 'for update',
  for_no_key_update: 'for no key update',
};

/**
 * TypeORM's manager, with the two things made short that nearly every request does: finding one row by the values of
 * its columns, and inserting one. Their statements follow from the entity alone, so nothing is built and mapped anew
 * for each request. Whatever asks for more is TypeORM's, as ever.
 */
export class PlannedRows extends EntityManager {
  constructor(
    private readonly tx: Tx,
    runner: QueryRunner,
  ) {
    super(runner.dataSource, runner);
  }

  override async findOne<Row extends ObjectLiteral>(
    entity: EntityTarget<Row>,
    options: FindOneOptions<Row>,
  ): Promise<Row | null> {
    const { where, lock, ...more } = options;
    const suffix = lock ? LOCKS[lock.mode] : '';
    return where && suffix !== undefined && Object.keys(more).length === 0 && namesValues(where)
      ? this.findRow(entity, where, suffix)
      : super.findOne(entity, options);
  }

  override findOneBy<Row extends ObjectLiteral>(
    entity: EntityTarget<Row>,
    where: Where<Row>,
  ): Promise<Row | null> {
    return this.findOne(entity, { where });
  }

  override async findOneByOrFail<Row extends ObjectLiteral>(
    entity: EntityTarget<Row>,
    where: Where<Row>,
  ): Promise<Row> {
    const row = await this.findOneBy(entity, where);
    if (!row) throw new EntityNotFoundError(entity, where);
    return row;
  }

  override async insert<Row extends ObjectLiteral>(
    ...[entity, row]: Parameters<typeof EntityManager.prototype.insert<Row>>
  ): Promise<InsertResult> {
    const { tableName, columns, versionColumn } = this.dataSource.getMetadata(entity);
    if (Array.isArray(row)) return super.insert(entity, row);
    const values: ObjectLiteral = row;
    if (versionColumn) values[versionColumn.propertyName] = 1;
    const given = columns.filter(({ propertyName }) => values[propertyName] !== undefined);
    const filledIn = columns.filter((column) => !given.includes(column) && isFilledIn(column));
    const [made] = await this.tx.query<ObjectLiteral>(
      `insert into "${tableName}" (${given.map(nameOf).join(', ')})
       values (${given.map((_, i) => `$${i + 1}`).join(', ')})
       ${filledIn.length > 0 ? `returning ${filledIn.map(nameOf).join(', ')}` : ''}`,
      given.map(
        (column) =>
          this.dataSource.driver.preparePersistentValue(values[column.propertyName], column) as unknown,
      ),
    );
    for (const column of filledIn) values[column.propertyName] = this.read(made!, column);
    return new InsertResult();
  }

  private async findRow<Row extends ObjectLiteral>(
    entity: EntityTarget<Row>,
    where: FindOptionsWhere<Row>,
    suffix: string,
  ): Promise<Row | null> {
    const metadata = this.dataSource.getMetadata(entity);
    const conditions = Object.keys(where).map((property, i) => {
      const column = metadata.findColumnWithPropertyName(property);
      if (!column) throw new Error(`${metadata.name} has no ${property}`);
      return `${nameOf(column)} = $${i + 1}`;
    });
    const [found] = await this.tx.query<ObjectLiteral>(
      `select ${metadata.columns.map(nameOf).join(', ')} from "${metadata.tableName}"
        where ${conditions.join(' and ')} limit 1 ${suffix}`,
      Object.values(where),
    );
    if (!found) return null;
    const row = metadata.create(this.queryRunner) as ObjectLiteral;
    for (const column of metadata.columns) row[column.propertyName] = this.read(found, column);
    return row as Row;
  }

  private read(stored: ObjectLiteral, column: ColumnMetadata): unknown {
    return this.dataSource.driver.prepareHydratedValue(stored[column.databaseName], column);
  }
}

/** Whether each condition is a value to be equal to, and not an operator or a list of alternatives. */
function namesValues<Row>(where: Where<Row>): where is FindOptionsWhere<Row> {
  return (
    !Array.isArray(where) &&
    Object.values(where).every(
      (value) => typeof value === 'string' || typeof value === 'number' || Buffer.isBuffer(value),
    )
  );
}

const nameOf = ({ databaseName }: ColumnMetadata): string => `"${databaseName}"`;

const isFilledIn = ({ isGenerated, isCreateDate, isUpdateDate, default: given }: ColumnMetadata): boolean =>
  isGenerated || isCreateDate || isUpdateDate || given !== undefined;
