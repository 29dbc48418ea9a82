import type { Filter } from '@objectstack/spec/data';
import { checkAll } from './check-all.js';
import { recordsToWrite } from './matching-records.js';
import { type MemoryStore, withRecord } from './memory-store.js';
import type { MemoryTable } from './memory-table.js';
import type { Write } from './record-draft.js';
import { changesOf } from './write-record.js';

/** The store after an update of all records that match a filter, and their number. */
export function updateMatching(
  { store, table }: { store: MemoryStore; table: MemoryTable },
  query: { where: Filter },
  { object, data, options }: Write,
): { store: MemoryStore; count: number } {
  let records: ReturnType<typeof recordsToWrite> = [];
  let changes: ReturnType<typeof changesOf> = {};
  checkAll<unknown>([
    () => {
      records = recordsToWrite(table, query);
    },
    () => {
      changes = changesOf(table, { object, data, options });
    },
  ]);
  return {
    store: records.reduce((current, record) => withRecord(current, object, { ...record, ...changes }), store),
    count: records.length,
  };
}
