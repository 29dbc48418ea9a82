import type { DriverTransaction, IDataDriver } from '@objectstack/spec/contracts';
import { findRemoval } from './find-removal.js';
import { keepRemoval } from './kept-records.js';
import type { ReferenceResolver } from './reference-resolver.js';
import { assertReplaceable, factsOf } from './replace-approval.js';
import { resolveRecord } from './resolve-record.js';
import { sqlIn } from './run-sql.js';
import { findByIdentity, identify } from './seed-identity.js';
import type { SeedSet } from './seed-set.js';

interface Reading {
  readonly driver: IDataDriver;
  readonly resolver: ReferenceResolver;
  readonly transaction?: DriverTransaction;
}

/** Ids of the object's records that the set does not hold. */
export async function othersOf({ driver, resolver, transaction }: Reading, set: SeedSet): Promise<string[]> {
  const { name } = set.definition;
  const options = transaction && { transaction };
  if ((await driver.count(name, {}, options)) === 0) return [];
  const kept = new Set<string>();
  for (const index of set.dataset.records.keys()) {
    const { data } = await resolveRecord(resolver, set, index, transaction);
    const [record] = await findByIdentity(driver, set, identify(set, data, index), transaction);
    if (record) kept.add(record.id);
  }
  const all = await driver.find(name, { fields: ['id'], orderBy: [{ field: 'id' }] }, options);
  return all.flatMap(({ id }) => (kept.has(id) ? [] : [id]));
}

export interface Cleared {
  /** Records that were removed, those deleted by cascade included. */
  readonly removed: number;
  readonly referencesCleared: number;
}

/**
 * Removes the records that the set does not hold, and keeps them for a rollback. What it holds stays the record it is, and so
 * do the lookups to it. Throws `destructive_not_allowed` where that takes what no seed created and nobody approved.
 */
export async function clearOthers(
  { driver, resolver, transaction }: Required<Reading>,
  set: SeedSet,
  { deploymentId, approved }: { deploymentId: string; approved: ReadonlySet<string> },
): Promise<Cleared> {
  const { name } = set.definition;
  const others = await othersOf({ driver, resolver, transaction }, set);
  if (others.length === 0) return { removed: 0, referencesCleared: 0 };
  const sql = sqlIn(driver, transaction);
  const removal = await findRemoval(sql, name, others);
  assertReplaceable(name, await factsOf(sql, removal), approved);
  await keepRemoval(sql, deploymentId, removal);
  await driver.bulkDelete(name, others, { transaction, system: true });
  const removed = [...removal.removed.values()].reduce((sum, ids) => sum + ids.size, 0);
  return { removed, referencesCleared: removal.cleared.length };
}
