import type { DriverTransaction, IDataDriver } from '@objectstack/spec/contracts';
import type { Filter } from '@objectstack/spec/data';
import { findRemoval } from './find-removal.js';
import type { ReferenceResolver } from './reference-resolver.js';
import { assertReplaceable, factsOf } from './replace-approval.js';
import { resolveRecord } from './resolve-record.js';
import { retainRemoval } from './retain-records.js';
import { sqlIn } from './run-sql.js';
import { findByIdentity, identify, type SeedIdentity } from './seed-identity.js';
import type { SeedSet } from './seed-set.js';
import type { SeedChunks } from './write-chunk.js';

const KEYS_AT_ONCE = 500;

interface Reading {
  readonly driver: IDataDriver;
  readonly resolver: ReferenceResolver;
  readonly transaction?: DriverTransaction;
}

/** The key field if identities consist of one key. Records with such identities are looked up in bulk. */
function keyOf({ id, where = {} }: SeedIdentity): string | undefined {
  const [key, ...others] = Object.keys(where);
  return id === undefined && others.length === 0 ? key : undefined;
}

/** Ids of the records that the seed set contains. */
async function heldBy({ driver, resolver, transaction }: Reading, set: SeedSet): Promise<Set<string>> {
  const held = new Set<string>();
  const values = new Map<string, unknown[]>();
  for (const index of set.dataset.records.keys()) {
    const { data } = await resolveRecord(resolver, set, index, transaction);
    const identity = identify(set, data, index);
    const key = keyOf(identity);
    if (key !== undefined) {
      const known = values.get(key);
      if (known) known.push(identity.where?.[key]);
      else values.set(key, [identity.where?.[key]]);
      continue;
    }
    const [record] = await findByIdentity(driver, set, identity, transaction);
    if (record) held.add(record.id);
  }
  for (const [key, all] of values) {
    for (let start = 0; start < all.length; start += KEYS_AT_ONCE) {
      const where = { [key]: { $in: all.slice(start, start + KEYS_AT_ONCE) } } as Filter;
      const options = transaction && { transaction };
      const found = await driver.find(set.definition.name, { where, fields: ['id'] }, options);
      for (const { id } of found) held.add(id);
    }
  }
  return held;
}

/** Ids of the object's records that the seed set does not contain. */
export async function othersOf(reading: Reading, set: SeedSet): Promise<string[]> {
  const { driver, transaction } = reading;
  const { name } = set.definition;
  const options = transaction && { transaction };
  if ((await driver.count(name, {}, options)) === 0) return [];
  const held = await heldBy(reading, set);
  const all = await driver.find(name, { fields: ['id'], orderBy: [{ field: 'id' }] }, options);
  return all.flatMap(({ id }) => (held.has(id) ? [] : [id]));
}

export interface Cleared {
  /** Records that were removed, including those deleted by cascade. */
  readonly removed: number;
  readonly referencesCleared: number;
}

/**
 * Removes the records that the seed set does not contain, and retains them for a rollback. Records that it contains
 * keep their ids, and so do the lookups to them. Throws `destructive_not_allowed` if records that no seed created would
 * be removed without approval.
 */
export async function deleteOthers(
  { driver, resolver, transaction }: Required<Reading>,
  set: SeedSet,
  {
    deploymentId: deployment,
    retentionDays,
    approved,
  }: Pick<SeedChunks, 'deploymentId' | 'retentionDays' | 'approved'>,
): Promise<Cleared> {
  const { name } = set.definition;
  const others = await othersOf({ driver, resolver, transaction }, set);
  if (others.length === 0) return { removed: 0, referencesCleared: 0 };
  const sql = sqlIn(driver, transaction);
  const removal = await findRemoval(sql, name, others);
  assertReplaceable(name, await factsOf(sql, removal), approved);
  await retainRemoval(sql, { deployment, retentionDays }, removal);
  await driver.bulkDelete(name, others, { transaction, system: true });
  const removed = [...removal.removed.values()].reduce((sum, ids) => sum + ids.size, 0);
  return { removed, referencesCleared: removal.cleared.length };
}
