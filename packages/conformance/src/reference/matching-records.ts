import type { DataRecord } from '@objectstack/spec/contracts';
import type { Filter } from '@objectstack/spec/data';
import { checkAll } from './check-all.js';
import { candidates } from './index-lookup.js';
import { matchFilter } from './match-filter.js';
import { memoryError } from './memory-error.js';
import type { MemoryTable } from './memory-table.js';
import { assertOnlyFilter } from './parse-memory-query.js';

/** Records that match a filter; all without one. */
export function matchingRecords(table: MemoryTable, where: Filter | undefined): DataRecord[] {
  const matches = where === undefined ? () => true : matchFilter(table.fields, where);
  return candidates(table, where).filter(matches);
}

/** Records that match a filter, which is required. */
export function recordsToWrite(table: MemoryTable, query: { where: Filter }): DataRecord[] {
  if (query?.where === undefined) throw memoryError('invalid_filter', { path: '/where' });
  let records: DataRecord[] = [];
  checkAll<unknown>([
    () => assertOnlyFilter(table, query),
    () => {
      records = matchingRecords(table, query.where);
    },
  ]);
  return records;
}
