import { parseFilterToWrite } from '@objectstack/spec/drivers';
import { POSTGRES_CAPABILITIES } from '../capabilities.js';
import type { Sql } from '../connection/sql.js';
import type { ObjectTable } from '../schema/object-table.js';
import { compileFilter } from './compile-filter.js';

/** The condition of a write of many records. A missing filter is rejected, because it would match every record. */
export function filterToWrite(table: ObjectTable, query: unknown): Sql {
  const { where } = parseFilterToWrite(table, query, POSTGRES_CAPABILITIES);
  return compileFilter(table.fields.values(), where);
}
