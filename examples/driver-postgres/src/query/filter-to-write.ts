import type { Sql } from '../connection/sql.js';
import { driverError } from '../driver-error.js';
import type { ObjectTable } from '../schema/object-table.js';
import { compileFilter } from './compile-filter.js';
import { parseFilterOnly } from './parse-query.js';

/** The condition of a write of many records. A missing filter is rejected, because it would match every record. */
export function filterToWrite(table: ObjectTable, query: unknown): Sql {
  const { where } = query === undefined ? {} : parseFilterOnly(table, query);
  if (where === undefined) throw driverError('invalid_filter', { path: '/where' });
  return compileFilter(table.fields.values(), where);
}
