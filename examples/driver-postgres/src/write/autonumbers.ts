import { autonumbersOf, type RowAutonumber } from '@objectstack/spec/drivers';
import type { ObjectTable, TableField } from '../schema/object-table.js';
import type { Counters } from './counters.js';

/** Encoded values by field. */
export type Values = Record<string, string | number | null>;

export const isAutonumber = ({ field }: TableField): boolean => field.type === 'autonumber';

const numbersOf = (table: ObjectTable, values: Values): RowAutonumber[] =>
  autonumbersOf(table, values, new Date().toISOString());

/** Lets the counters continue after the numbers that a write gives, of these fields only if there are any. */
export async function advanceCounters(
  counters: Counters,
  table: ObjectTable,
  values: Values,
  fields?: ReadonlySet<string>,
): Promise<void> {
  for (const { field, scope, given } of numbersOf(table, values))
    if (given !== undefined && (fields?.has(field) ?? true)) await counters.advance(field, scope, given);
}

/** Numbers a new record. Numbers that the write gives remain. */
export async function assignNumbers(counters: Counters, table: ObjectTable, values: Values): Promise<void> {
  for (const { field, scope, given, textOf } of numbersOf(table, values))
    if (given === undefined) values[field] = textOf(await counters.next(field, scope));
    else await counters.advance(field, scope, given);
}
