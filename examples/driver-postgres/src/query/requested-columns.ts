import type { DataRecord } from '@objectstack/spec/contracts';
import type { RecordShape } from '@objectstack/spec/drivers';
import type { Column, ObjectTable } from '../schema/object-table.js';

/** The columns of the requested fields. */
export function requestedColumns(
  { columns }: ObjectTable,
  { fields }: Pick<RecordShape, 'fields'>,
): Column[] {
  const requested = new Set(fields);
  return columns.filter(({ name }) => requested.has(name));
}

/** A record of a row, with the fields of these columns. */
export function toRecord(columns: readonly Column[], row: Readonly<Record<string, unknown>>): DataRecord {
  const values = columns.map(({ name: field, column }) => {
    const value = row[field] ?? null;
    return [field, value === null ? null : column.fromColumn(value)] as const;
  });
  return Object.fromEntries(values) as DataRecord;
}
