import type { DriverTransaction, IDataDriver } from '@objectstack/spec/contracts';
import type { ReferenceResolver } from './reference-resolver.js';
import { resolveRecord } from './resolve-record.js';
import { findByIdentity, identify } from './seed-identity.js';
import type { SeedSet } from './seed-set.js';

/** Removes the records that the set does not hold. What it holds stays the record it is, and so do the lookups to it. */
export async function clearOthers(
  driver: IDataDriver,
  resolver: ReferenceResolver,
  set: SeedSet,
  transaction: DriverTransaction,
): Promise<void> {
  const { name } = set.definition;
  if ((await driver.count(name, {}, { transaction })) === 0) return;
  const kept: string[] = [];
  for (const index of set.dataset.records.keys()) {
    const { data } = await resolveRecord(resolver, set, index, transaction);
    const [record] = await findByIdentity(driver, set, identify(set, data, index), transaction);
    if (record) kept.push(record.id);
  }
  await driver.deleteMany(name, { where: { id: { $nin: kept } } }, { transaction, system: true });
}
