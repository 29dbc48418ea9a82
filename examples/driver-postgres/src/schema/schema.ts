import { ObjectDefinitionSchema } from '@objectstack/spec/data';
import type { Connection } from '../connection/connection.js';
import { sql } from '../connection/sql.js';
import { driverError } from '../driver-error.js';
import { type ObjectTable, objectTable } from './object-table.js';

/** What a constraint of the database enforces. */
export type ConstraintFacts =
  | { readonly object: string; readonly fields: readonly string[] }
  | { readonly object: string; readonly field: string; readonly target: string };

/** The deployed objects of one version. */
export interface Schema {
  /** Increases with each deployment. */
  readonly version: number;
  readonly tables: ReadonlyMap<string, ObjectTable>;
  /** By the name of the constraint or index. */
  readonly constraints: ReadonlyMap<string, ConstraintFacts>;
}

function constraintsOf(table: ObjectTable): (readonly [string, ConstraintFacts])[] {
  const { name: object, primaryKey, lookups, indexes } = table;
  return [
    [primaryKey, { object, fields: ['id'] }],
    ...indexes.map(({ name, fields }) => [name, { object, fields }] as const),
    ...lookups.map(({ name, field, target }) => [name, { object, field, target }] as const),
  ];
}

export const schemaOf = (version: number, tables: readonly ObjectTable[]): Schema => ({
  version,
  tables: new Map(tables.map((table) => [table.name, table])),
  constraints: new Map(tables.flatMap(constraintsOf)),
});

/** Reads the deployed objects. Throws `database_invalid` if a definition is malformed. */
export async function readSchema(connection: Connection, version: number): Promise<Schema> {
  const { rows } = await connection.query(sql`SELECT "definition" FROM "_os_object" ORDER BY "name"`);
  const tables = rows.map(({ definition }) => {
    const parsed = ObjectDefinitionSchema.safeParse(JSON.parse(String(definition)));
    if (!parsed.success) throw driverError('database_invalid', { table: '_os_object' });
    return objectTable(parsed.data);
  });
  return schemaOf(version, tables);
}

/** The table of a deployed object. */
export function tableOf({ tables }: Schema, object: unknown): ObjectTable {
  if (typeof object !== 'string') throw driverError('invalid_request', { path: '/object' });
  const table = tables.get(object);
  if (!table) throw driverError('object_not_found', { object });
  return table;
}
