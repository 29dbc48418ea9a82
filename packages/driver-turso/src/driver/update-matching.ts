import type { RecordData } from '@objectstack/spec/contracts';
import type { Filter } from '@objectstack/spec/data';
import { advanceAutonumbers, givenAutonumbers } from './advance-autonumbers.js';
import { compileUpdateMany } from './compile-update.js';
import { countRecords } from './count-records.js';
import { encodeChanges } from './encode-changes.js';
import { namingLookups } from './naming-lookups.js';
import type { Operation } from './operation.js';
import { requireFilter } from './require-filter.js';
import { changedBytes, withinQuota } from './within-quota.js';

/** Updates all records that match a filter and returns their number. */
export async function updateMatching(
  operation: Operation,
  query: { where: Filter },
  data: RecordData,
): Promise<number> {
  const { model, options, quotas } = operation;
  const filter = requireFilter(model, query);
  const now = new Date().toISOString();
  const columns = encodeChanges({ model, data, options, now });
  const update = compileUpdateMany(model, filter, columns);
  const counted = advanceAutonumbers(model.name, givenAutonumbers(model, data), data, now);
  const bytes = changedBytes(columns);
  // Only a quota of storage depends on the number of records.
  const isLimited = quotas.maxStorageBytes !== undefined && bytes > 0;
  const added = { records: 0, bytes: isLimited ? bytes * (await countRecords(operation, query)) : 0 };
  const write = () =>
    withinQuota(operation, added, async ({ executor }) =>
      counted.length === 0 ? [await executor.execute(update)] : executor.atomic([...counted, update]),
    );
  const results = await namingLookups(operation, [data], write);
  return results.at(-1)?.rowsAffected ?? 0;
}
