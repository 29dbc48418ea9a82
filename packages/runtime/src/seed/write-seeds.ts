import type { IDataDriver } from '@objectstack/spec/contracts';
import type { ObjectDefinition, SeedEnvironment } from '@objectstack/spec/data';
import { RETENTION_DAYS, throwIfAborted } from '@objectstack/spec/shared';
import type { DeployBundle } from '@objectstack/spec/system';
import { ReferenceResolver } from './reference-resolver.js';
import type { SeedLog } from './seed-log.js';
import { seedOrder } from './seed-order.js';
import { readProgress } from './seed-progress.js';
import { makeSeedTables } from './seed-records.js';
import { type SeedSet, seedSetIds, skippedAs, toSeedSet } from './seed-set.js';
import { emptyResult, leftAlone } from './stored-seed-result.js';
import { type ChunkOutcome, SEED_CHUNK, type SeedChunks, settleChunk, writeChunk } from './write-chunk.js';

export interface SeedRequest {
  readonly driver: IDataDriver;
  readonly bundle: DeployBundle;
  /** Every object of the tenant, so that lookups to objects of other owners are resolved too. */
  readonly deployed: readonly ObjectDefinition[];
  readonly environment: SeedEnvironment;
  readonly deploymentId: string;
  /** Retention window of removed and overwritten data. Absent: 7 days. */
  readonly retentionDays?: number | undefined;
  /** Approved ids of losses of records that no seed created. Absent: none. */
  readonly approved?: ReadonlySet<string>;
  /** Budget of one transaction: records that are created together, or a fifth as many alone. Absent: 1,000. */
  readonly chunkSize?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

function resolverOf({ driver, bundle, deployed }: SeedRequest): ReferenceResolver {
  const own = new Set(bundle.objects.map(({ name }) => name));
  const others = deployed.filter(({ name }) => !own.has(name));
  return new ReferenceResolver(driver, [...others, ...bundle.objects], bundle.seedData);
}

/** The sets to write, in order. Logs the results of the others. */
async function setsToWrite(request: SeedRequest, log: SeedLog): Promise<SeedSet[]> {
  const { driver, bundle, environment, deploymentId } = request;
  const ids = seedSetIds(bundle);
  const order = seedOrder(bundle.seedData, bundle.objects);
  const skipped = new Map(order.map((dataset) => [dataset, skippedAs(dataset, bundle, environment)]));
  const known = await readProgress(
    driver,
    order.flatMap((dataset) => (skipped.get(dataset) ? [] : [{ id: ids.get(dataset) ?? '', dataset }])),
  );
  const open = new Map<string, SeedSet>();
  for (const dataset of order) {
    const outcome = skipped.get(dataset);
    const id = ids.get(dataset) ?? '';
    const { isComplete = false, storedResult } = known.get(id) ?? {};
    if (outcome) log.set(dataset, emptyResult(dataset, outcome));
    else if (open.has(id)) log.set(dataset, leftAlone(dataset));
    else if (storedResult && isComplete)
      log.set(dataset, storedResult.deploymentId === deploymentId ? storedResult.result : leftAlone(dataset));
    else open.set(id, toSeedSet(dataset, bundle, ids));
  }
  return [...open.values()];
}

/**
 * Writes the seed sets of a bundle in chunks, and logs the progress of each. Skips sets that were written before. After
 * an interruption, the next call resumes.
 */
export async function writeSeeds(request: SeedRequest, log: SeedLog): Promise<void> {
  const { driver, deploymentId, approved = new Set(), signal } = request;
  const { retentionDays = RETENTION_DAYS.default, chunkSize = SEED_CHUNK } = request;
  const sets = await setsToWrite(request, log);
  if (sets.length === 0) return;
  await makeSeedTables(driver);
  const resolver = resolverOf(request);
  const chunks: SeedChunks = { driver, resolver, deploymentId, retentionDays, approved, chunkSize };
  const incomplete = new Set(sets);
  const note = ({ set, isComplete, result }: ChunkOutcome) => {
    log.set(set.dataset, result);
    if (isComplete) incomplete.delete(set);
  };
  for (let rest = sets; rest.length > 0; ) {
    throwIfAborted(signal);
    const outcomes = await writeChunk(chunks, rest);
    outcomes.forEach(note);
    rest = rest.slice(outcomes.filter(({ isOver }) => isOver).length);
  }
  for (const set of incomplete)
    for (let isOver = false; !isOver; ) {
      throwIfAborted(signal);
      const outcome = await settleChunk(chunks, set);
      note(outcome);
      ({ isOver } = outcome);
    }
}
