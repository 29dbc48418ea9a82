import { ObjectStackError } from '@objectstack/spec/shared';
import type { Table } from '@objectstack/spec/system';
import { INDEX_PREFIX } from '../../schema/object-indexes.js';

/** Throws `object_conflict` when somebody indexed by hand a column that is to go. */
export function assertNotIndexed(live: Table, removed: ReadonlySet<string>): void {
  const index = live.indexes.find(
    ({ name, columns }) =>
      !name.startsWith(INDEX_PREFIX) && columns.some((column) => removed.has(column.name ?? '')),
  );
  if (!index) return;
  throw new ObjectStackError({
    code: 'object_conflict',
    message: `The index ${index.name}, which no deployment made, is on a column that is to be removed.`,
    details: { object: live.name, indexName: index.name },
  });
}
