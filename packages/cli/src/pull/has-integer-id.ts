import type { Table } from '@objectstack/spec/system';
import type { PulledDatabase } from './introspect-database.js';

/**
 * Whether the key of the table is the row id, which SQLite assigns: a column of exactly this type that is the only key and that
 * needs no index. `INTEGER PRIMARY KEY DESC` has an index, and so has the key of a table without row ids.
 */
export function hasIntegerId(
  { name, columns }: Table,
  { indexedKeys }: Pick<PulledDatabase, 'indexedKeys'>,
): boolean {
  const [key, ...others] = columns.filter(({ primaryKey }) => primaryKey > 0);
  if (key?.name !== 'id' || others.length > 0) return false;
  return key.type === 'INTEGER' && !indexedKeys.has(name);
}
