import type { IDataDriver } from '@objectstack/spec/contracts';
import type { ObjectDefinition, SeedDataset, SeedEnvironment } from '@objectstack/spec/data';
import { RETENTION_DAYS, throwIfAborted } from '@objectstack/spec/shared';
import type { DeployBundle, SeedResult } from '@objectstack/spec/system';
import { ReferenceResolver } from './reference-resolver.js';
import type { SeedLog } from './seed-log.js';
import { seedOrder } from './seed-order.js';
import { readProgress } from './seed-progress.js';
import { makeSeedTables } from './seed-records.js';
import { type SeedSet, type SeedSetIds, seedSetIds, skippedAs, toSeedSet } from './seed-set.js';
import { emptyResult, leftAlone } from './seed-tally.js';
import { SEED_CHUNK, type SeedChunks, settleChunk, writeChunk } from './write-chunk.js';

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
  /** Number of records in one transaction. Absent: 200. */
  readonly chunkSize?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

function resolverOf({ driver, bundle, deployed }: SeedRequest): ReferenceResolver {
  const own = new Set(bundle.objects.map(({ name }) => name));
  const others = deployed.filter(({ name }) => !own.has(name));
  return new ReferenceResolver(driver, [...others, ...bundle.objects], bundle.seedData);
}

/** The result of a set that requires no writing; `null` if there is something to write. */
async function resultWithoutWriting(
  { driver, bundle, environment, deploymentId }: SeedRequest,
  dataset: SeedDataset,
  ids: SeedSetIds,
): Promise<SeedResult | null> {
  const skipped = skippedAs(dataset, bundle, environment);
  if (skipped) return emptyResult(dataset, skipped);
  const { isComplete, tally } = await readProgress(driver, { id: ids.get(dataset) ?? '', dataset });
  if (!isComplete) return null;
  return tally.deploymentId === deploymentId ? tally.result : leftAlone(dataset);
}

/**
 * Writes the seed sets of a bundle in chunks, and logs the progress of each. Skips sets that were written before. After
 * an interruption, the next call resumes.
 */
export async function writeSeeds(request: SeedRequest, log: SeedLog): Promise<void> {
  const { driver, bundle, deploymentId, approved = new Set(), signal } = request;
  const { retentionDays = RETENTION_DAYS.default, chunkSize = SEED_CHUNK } = request;
  const ids = seedSetIds(bundle);
  const resolver = resolverOf(request);
  const chunks: SeedChunks = { driver, resolver, deploymentId, retentionDays, approved, chunkSize };
  const open = new Map<string, SeedSet>();
  for (const dataset of seedOrder(bundle.seedData, bundle.objects)) {
    const isRepeated = open.has(ids.get(dataset) ?? '');
    const result = isRepeated ? leftAlone(dataset) : await resultWithoutWriting(request, dataset, ids);
    if (result) {
      log.set(dataset, result);
      continue;
    }
    const set = toSeedSet(dataset, bundle, ids);
    if (open.size === 0) await makeSeedTables(driver);
    open.set(set.id, set);
    await repeat(set, writeChunk);
  }
  for (const set of open.values()) await repeat(set, settleChunk);

  async function repeat(set: SeedSet, step: typeof writeChunk): Promise<void> {
    for (let isOver = false; !isOver; ) {
      throwIfAborted(signal);
      const outcome = await step(chunks, set);
      log.set(set.dataset, outcome.result);
      isOver = outcome.isOver;
    }
  }
}
