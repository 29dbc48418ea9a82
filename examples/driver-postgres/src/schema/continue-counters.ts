import { autonumberFormatText, encodeField } from '@objectstack/spec/data';
import type { Connection } from '../connection/connection.js';
import { join, name, sql } from '../connection/sql.js';
import { advanceCounters, isAutonumber } from '../write/autonumbers.js';
import { Counters } from '../write/counters.js';
import type { Column, ObjectTable } from './object-table.js';

function isContinued(column: Column, deployed: ObjectTable): boolean {
  const before = deployed.fields.get(column.name);
  if (!before?.column || !isAutonumber(column)) return false;
  return !isAutonumber(before) || autonumberFormatText(before.field) !== autonumberFormatText(column.field);
}

/** A stored row with its values in the encoding of the protocol. */
const encodedRow = (columns: readonly Column[], row: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    columns.map((column) => {
      const value = row[column.name] ?? null;
      const encoded = encodeField(column, value === null ? null : column.column.fromColumn(value));
      return [column.name, 'value' in encoded ? encoded.value : null];
    }),
  );

/** Lets the counters of fields that become autonumbers, or get another format, continue after the stored numbers. */
export async function continueCounters(
  connection: Connection,
  deployed: ObjectTable,
  table: ObjectTable,
): Promise<void> {
  const continued = table.columns.filter((column) => isContinued(column, deployed));
  if (continued.length === 0) return;
  const fields = new Set(continued.map(({ name: field }) => field));
  const counters = new Counters(connection, table.name);
  const columns = table.columns.filter(({ storage }) => storage.value !== 'json');
  const { rows } = await connection.query(
    sql`SELECT ${join(columns.map((column) => name(column.name)))} FROM ${name(table.name)}`,
  );
  for (const row of rows) {
    await advanceCounters(counters, table, encodedRow(columns, row), fields);
  }
  await counters.save();
}
