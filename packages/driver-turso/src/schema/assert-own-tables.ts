import type { SqlResult } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';

/** Columns that reading a schema needs, by the names of the system tables. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  _os_deployment: ['id', 'plan_hash', 'sequence', 'undo'],
  _os_object: ['id', 'owner', 'definition'],
  _os_component: ['id', 'kind', 'name', 'owner', 'definition'],
};

const NAMES = Object.keys(NEEDED)
  .map((name) => `'${name}'`)
  .join(', ');

/** Selects the columns of the system tables, and of other tables and views with their names. */
export const COLUMNS_OF_SYSTEM_TABLES = `SELECT m.name AS "table", json_group_array(c.name) AS columns
  FROM sqlite_schema AS m LEFT JOIN temp.pragma_table_info(m.name) AS c WHERE m.name IN (${NAMES}) GROUP BY m.name`;

/** Throws `database_invalid` if something else has the name of a system table, given the columns of those that exist. */
export function assertOwnTables({ rows }: SqlResult): void {
  for (const { table, columns } of rows) {
    const name = String(table);
    const found = new Set<unknown>(JSON.parse(String(columns)) as unknown[]);
    const missing = (NEEDED[name] ?? []).filter((column) => !found.has(column));
    if (missing.length === 0) continue;
    throw new ObjectStackError({
      code: 'database_invalid',
      message: `${name} is not a system table: it lacks the columns ${missing.join(', ')}. Names that begin with _os_ are reserved. Rename or drop it, or restore the system tables from a backup.`,
      details: { name, reason: 'reserved_name' },
    });
  }
}
