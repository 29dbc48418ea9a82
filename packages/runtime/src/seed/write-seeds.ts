import type { DriverTransaction, IDataDriver } from '@objectstack/spec/contracts';
import type { SeedDataset, SeedEnvironment } from '@objectstack/spec/data';
import { type DeployBundle, type SeedResult, SYSTEM_OBJECTS } from '@objectstack/spec/system';
import { throwIfAborted } from '../shared/throw-if-aborted.js';
import { ReferenceResolver } from './reference-resolver.js';
import { seedSetId } from './seed-keys.js';
import { seedOrder } from './seed-order.js';
import { type SeedSet, SeedSetWriter } from './seed-set-writer.js';
import { newTally, type SeedTally, SeedTallySchema } from './seed-tally.js';

/** Records in one transaction: few enough to be done long before a transaction expires. */
const CHUNK = 200;
const PROGRESS = SYSTEM_OBJECTS.seed.name;

export interface SeedRequest {
  readonly driver: IDataDriver;
  readonly bundle: DeployBundle;
  readonly environment: SeedEnvironment;
  readonly signal?: AbortSignal | undefined;
}

interface Progress {
  readonly done: number;
  readonly isComplete: boolean;
  readonly tally: SeedTally;
}

async function inTransaction<T>(
  driver: IDataDriver,
  work: (transaction: DriverTransaction) => Promise<T>,
): Promise<T> {
  const transaction = await driver.beginTransaction();
  try {
    const result = await work(transaction);
    await driver.commit(transaction);
    return result;
  } catch (error) {
    await driver.rollback(transaction);
    throw error;
  }
}

async function readProgress(
  driver: IDataDriver,
  set: SeedSet,
  transaction?: DriverTransaction,
): Promise<Progress> {
  const options = { system: true, ...(transaction && { transaction }) };
  const row = await driver.findOne(PROGRESS, { where: { id: set.id } }, options);
  if (!row) return { done: 0, isComplete: false, tally: newTally(set.dataset) };
  return {
    done: Number(row.records_done),
    isComplete: row.completed === true,
    tally: SeedTallySchema.parse(row.result),
  };
}

async function saveProgress(
  driver: IDataDriver,
  set: SeedSet,
  progress: Progress,
  transaction: DriverTransaction,
): Promise<void> {
  const { done, isComplete, tally } = progress;
  const data = {
    id: set.id,
    object: set.dataset.object,
    records_done: done,
    result: tally,
    completed: isComplete,
  };
  await driver.upsert(PROGRESS, data, ['id'], { system: true, transaction });
}

/** Writes the next records of the set; how far it is stands in the same transaction, so that a kill repeats nothing. */
async function writeChunk(driver: IDataDriver, resolver: ReferenceResolver, set: SeedSet): Promise<boolean> {
  return inTransaction(driver, async (transaction) => {
    const { done, isComplete, tally } = await readProgress(driver, set, transaction);
    const total = set.dataset.records.length;
    if (isComplete || (done >= total && total > 0)) return false;
    const writer = new SeedSetWriter(driver, resolver, set, tally);
    if (done === 0 && set.dataset.mode === 'replace') await writer.clear(transaction);
    const end = Math.min(done + CHUNK, total);
    for (let index = done; index < end; index++) await writer.write(index, transaction);
    await saveProgress(driver, set, { done: end, isComplete: false, tally }, transaction);
    return end < total;
  });
}

/** Fills the lookups that had to wait, and closes the set; one with failures stays open, for the next try to begin anew. */
async function completeSet(
  driver: IDataDriver,
  resolver: ReferenceResolver,
  set: SeedSet,
): Promise<SeedResult> {
  return inTransaction(driver, async (transaction) => {
    const { done, isComplete, tally } = await readProgress(driver, set, transaction);
    if (isComplete) return tally.result;
    const writer = new SeedSetWriter(driver, resolver, set, tally);
    for (const pending of tally.pending.splice(0)) await writer.settle(pending, transaction);
    if (tally.result.failed > 0) await driver.delete(PROGRESS, set.id, { system: true, transaction });
    else await saveProgress(driver, set, { done, isComplete: true, tally }, transaction);
    return tally.result;
  });
}

function toSeedSet(dataset: SeedDataset, { objects }: DeployBundle): SeedSet {
  const definition = objects.find(({ name }) => name === dataset.object) ?? {
    name: dataset.object,
    fields: {},
  };
  return { id: seedSetId(dataset), dataset, definition };
}

async function writeSet(
  request: SeedRequest,
  resolver: ReferenceResolver,
  set: SeedSet,
): Promise<SeedResult | null> {
  const { driver, environment, signal } = request;
  if (!set.dataset.env.includes(environment)) return newTally(set.dataset, 'other_environment').result;
  const { isComplete, tally } = await readProgress(driver, set);
  if (isComplete) return { ...tally.result, outcome: 'already_written' };
  for (let more = true; more; ) {
    throwIfAborted(signal);
    more = await writeChunk(driver, resolver, set);
  }
  return null;
}

/**
 * Writes the seed sets of a bundle, in chunks, and gives a result for each in the order of the bundle. A set that
 * was written before is left alone. Interrupted anywhere, the next call goes on from there.
 */
export async function writeSeeds(request: SeedRequest): Promise<SeedResult[]> {
  const { driver, bundle } = request;
  const resolver = new ReferenceResolver(driver, bundle.objects, bundle.seedData);
  const results = new Map<SeedDataset, SeedResult>();
  const written: SeedSet[] = [];
  for (const dataset of seedOrder(bundle.seedData, bundle.objects)) {
    const set = toSeedSet(dataset, bundle);
    const result = await writeSet(request, resolver, set);
    if (result) results.set(dataset, result);
    else written.push(set);
  }
  for (const set of written) results.set(set.dataset, await completeSet(driver, resolver, set));
  return bundle.seedData.flatMap((dataset) => results.get(dataset) ?? []);
}
