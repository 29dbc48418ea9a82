import { checkValue, encodeField } from '@objectstack/spec/data';
import type { Connection } from '../connection/connection.js';
import { name, sql } from '../connection/sql.js';
import { driverError } from '../driver-error.js';
import type { Column, ObjectTable } from './object-table.js';

const isNotNull = ({ field }: Column) => field.storage?.notNull === true;

/** Changes that remove data or weaken a rule. */
function destructiveChanges(deployed: ObjectTable, wanted: ObjectTable): string[] {
  const changes: string[] = [];
  for (const column of deployed.columns) {
    const next = wanted.fields.get(column.name);
    const isSame = next?.column?.type === column.column.type && next.isList === column.isList;
    if (!isSame || (isNotNull(column) && !next?.field.storage?.notNull)) changes.push(column.name);
  }
  const rules = new Set(wanted.indexes.map((index) => index.name));
  for (const index of deployed.indexes)
    if (index.isUnique && !rules.has(index.name)) changes.push(index.fields.join());
  for (const lookup of deployed.lookups) {
    const next = wanted.lookups.find((one) => one.name === lookup.name);
    if (next?.target !== lookup.target || next.onDelete !== lookup.onDelete) changes.push(lookup.field);
  }
  return [...new Set(changes)];
}

/** Throws `conversion_failed` if a list whose items have another type contains one that the new type cannot store. */
async function assertItems(
  connection: Connection,
  { name: table }: ObjectTable,
  column: Column,
): Promise<void> {
  const field = name(column.name);
  const { rows } = await connection.query(
    sql`SELECT ${field} AS "value" FROM ${name(table)} WHERE ${field} IS NOT NULL`,
  );
  for (const { value } of rows) {
    const items = column.column.fromColumn(value);
    const encoded = encodeField(column, items);
    const isSame = 'value' in encoded && encoded.value === JSON.stringify(items);
    if (!isSame || checkValue(column, items).includes('type'))
      throw driverError('conversion_failed', { object: table, field: column.name });
  }
}

/**
 * Throws `destructive_not_allowed` unless the definition only adds fields and rules. A field keeps the type of its column:
 * this driver converts no values.
 */
export async function assertAdditive(
  connection: Connection,
  deployed: ObjectTable,
  wanted: ObjectTable,
): Promise<void> {
  const changes = destructiveChanges(deployed, wanted);
  if (changes.length > 0) throw driverError('destructive_not_allowed', { changes });
  for (const column of wanted.columns) {
    const before = deployed.fields.get(column.name);
    if (before && column.isList && before.itemEncoding !== column.itemEncoding)
      await assertItems(connection, wanted, column);
  }
}
