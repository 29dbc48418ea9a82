import { isDeepStrictEqual } from 'node:util';
import type { Connection } from '../connection/connection.js';
import { join, name, type Sql, sql, verbatim } from '../connection/sql.js';
import { driverError } from '../driver-error.js';
import { assertAdditive } from './assert-additive.js';
import { continueCounters } from './continue-counters.js';
import type { Column, Lookup, ObjectTable, TableIndex } from './object-table.js';
import { parseDefinition, type SchemaInput } from './parse-definition.js';
import { type Schema, schemaOf } from './schema.js';

const columnDefinition = ({ name: field, column }: Column): Sql =>
  sql`${name(field)} ${verbatim(column.type)}`;

const createTable = ({ name: table, columns, primaryKey }: ObjectTable): Sql =>
  sql`CREATE TABLE ${name(table)} (${join(columns.map(columnDefinition))},
    CONSTRAINT ${name(primaryKey)} PRIMARY KEY ("id"))`;

const addColumn = ({ name: table }: ObjectTable, column: Column): Sql =>
  sql`ALTER TABLE ${name(table)} ADD COLUMN ${columnDefinition(column)}`;

const setNotNull = ({ name: table }: ObjectTable, column: Column): Sql =>
  sql`ALTER TABLE ${name(table)} ALTER COLUMN ${name(column.name)} SET NOT NULL`;

function createIndex({ name: table, fields }: ObjectTable, index: TableIndex): Sql {
  const keys = index.fields.map((field) =>
    fields.get(field)?.ignoresCase && index.fields.length === 1 && index.isUnique
      ? sql`lower(${name(field)})`
      : name(field),
  );
  const kind = verbatim(index.isUnique ? 'UNIQUE INDEX' : 'INDEX');
  const condition = index.condition === undefined ? verbatim('') : verbatim(` WHERE ${index.condition}`);
  return sql`CREATE ${kind} ${name(index.name)} ON ${name(table)} (${join(keys)})${condition}`;
}

const ON_DELETE = { cascade: 'CASCADE', restrict: 'RESTRICT', set_null: 'SET NULL' } as const;

const addLookup = (
  { name: table }: ObjectTable,
  { name: constraint, field, target, onDelete }: Lookup,
): Sql =>
  sql`ALTER TABLE ${name(table)} ADD CONSTRAINT ${name(constraint)} FOREIGN KEY (${name(field)})
    REFERENCES ${name(target)} ("id") ON DELETE ${verbatim(ON_DELETE[onDelete])} DEFERRABLE INITIALLY DEFERRED`;

const isNotNull = ({ field }: Column) => field.storage?.notNull === true;

/** Statements for the table itself. */
function tableStatements(table: ObjectTable, deployed: ObjectTable | undefined): Sql[] {
  const isNew = ({ name: field }: Column) => !deployed?.fields.get(field)?.column;
  const wasNotNull = new Set(deployed?.columns.filter(isNotNull).map((column) => column.name));
  return [
    ...(deployed ? table.columns.filter(isNew).map((one) => addColumn(table, one)) : [createTable(table)]),
    ...table.columns
      .filter((column) => isNotNull(column) && !wasNotNull.has(column.name))
      .map((column) => setNotNull(table, column)),
  ];
}

/** Statements that create the indexes of a table and remove those that the definition no longer has. */
function indexStatements(table: ObjectTable, deployed: ObjectTable | undefined): Sql[] {
  const wanted = new Set(table.indexes.map((index) => index.name));
  const existing = new Set(deployed?.indexes.map((index) => index.name));
  return [
    ...[...existing].filter((index) => !wanted.has(index)).map((index) => sql`DROP INDEX ${name(index)}`),
    ...table.indexes.filter((index) => !existing.has(index.name)).map((index) => createIndex(table, index)),
  ];
}

/** A type or condition that PostgreSQL cannot index is not supported. */
async function supported(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    const { details } = error as { details?: { reason?: unknown } };
    if (String(details?.reason).startsWith('42')) throw driverError('not_supported', { feature: 'index' });
    throw error;
  }
}

/** Statements that add the foreign keys of lookups whose target is deployed, also those of other objects to new targets. */
function lookupStatements(deployed: Schema, wanted: Schema): Sql[] {
  const isEnforced = (table: string, { name: constraint, target }: Lookup) =>
    deployed.tables.has(target) &&
    deployed.tables.get(table)?.lookups.some((lookup) => lookup.name === constraint) === true;
  return [...wanted.tables.values()].flatMap((table) =>
    table.lookups
      .filter((lookup) => wanted.tables.has(lookup.target) && !isEnforced(table.name, lookup))
      .map((lookup) => addLookup(table, lookup)),
  );
}

/** Stores the definitions as those of a new version. */
const storeDefinitions = (tables: readonly ObjectTable[], version: number): Sql =>
  sql`INSERT INTO "_os_object" ("name", "version", "definition")
    SELECT "name", ${version}::int, "definition"
    FROM unnest(${tables.map((table) => table.name)}::text[],
      ${tables.map(({ definition }) => JSON.stringify(definition))}::text[]) AS "new" ("name", "definition")
    ON CONFLICT ("name") DO UPDATE SET "version" = excluded."version", "definition" = excluded."definition"`;

/** Runs statements without values in one request. */
async function runAll(connection: Connection, statements: readonly Sql[]): Promise<void> {
  if (statements.length > 0) await connection.script(join(statements, '; ').text);
}

/**
 * Deploys objects in the transaction of a deployment, all or none. Tables come before the foreign keys, because the
 * objects can refer to each other.
 */
export async function syncSchemas(
  connection: Connection,
  deployed: Schema,
  schemas: readonly SchemaInput[],
): Promise<void> {
  const tables = new Map(
    schemas.map((schema) => {
      const table = parseDefinition(schema, deployed);
      return [table.name, table];
    }),
  );
  const wanted = schemaOf(deployed.version + 1, [...new Map([...deployed.tables, ...tables]).values()]);
  connection.constraints = wanted.constraints;
  const changed = [...tables.values()].filter(
    (table) => !isDeepStrictEqual(deployed.tables.get(table.name)?.definition, table.definition),
  );
  const pairs = changed.map((table) => [table, deployed.tables.get(table.name)] as const);
  for (const [table, known] of pairs) if (known) await assertAdditive(connection, known, table);
  await runAll(
    connection,
    pairs.flatMap(([table, known]) => tableStatements(table, known)),
  );
  await supported(
    runAll(
      connection,
      pairs.flatMap(([table, known]) => indexStatements(table, known)),
    ),
  );
  await runAll(connection, lookupStatements(deployed, wanted));
  for (const [table, known] of pairs) if (known) await continueCounters(connection, known, table);
  if (changed.length > 0) await connection.query(storeDefinitions(changed, wanted.version));
}
