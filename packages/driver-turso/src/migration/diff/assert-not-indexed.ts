import { ObjectStackError } from '@objectstack/spec/shared';
import type { Table } from '@objectstack/spec/system';
import { INDEX_PREFIX } from '../../schema/indexes-of.js';

/** Throws `object_conflict` if an unmanaged index contains a column to be removed. */
export function assertNotIndexed(live: Table, removed: ReadonlySet<string>): void {
  const index = live.indexes.find(
    ({ name, columns }) =>
      !name.startsWith(INDEX_PREFIX) && columns.some((column) => removed.has(column.name ?? '')),
  );
  if (!index) return;
  throw new ObjectStackError({
    code: 'object_conflict',
    message: `The unmanaged index ${index.name} contains a column that this change removes from ${live.name}. Drop the index, and repeat the call.`,
    details: { object: live.name, indexName: index.name },
  });
}
