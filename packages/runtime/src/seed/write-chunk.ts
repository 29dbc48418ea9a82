import type { DriverTransaction, IDataDriver } from '@objectstack/spec/contracts';
import type { SeedResult } from '@objectstack/spec/system';
import { assertLatest } from './assert-latest.js';
import { clearOthers } from './clear-others.js';
import { evaluatedSet } from './evaluated-set.js';
import { inTransaction } from './in-transaction.js';
import type { ReferenceResolver } from './reference-resolver.js';
import { sqlIn } from './run-sql.js';
import { forgetFormerSets, readProgress, type SeedProgress, saveProgress } from './seed-progress.js';
import type { SeedSet } from './seed-set.js';
import { SeedSetWriter } from './seed-set-writer.js';
import { tallyOfRetry } from './seed-tally.js';
import { SeedTrail } from './seed-trail.js';

/** Number of records in one transaction, small enough to finish long before a transaction expires. */
export const SEED_CHUNK = 200;

export interface SeedChunks {
  readonly driver: IDataDriver;
  readonly resolver: ReferenceResolver;
  readonly deploymentId: string;
  /** Retention window of removed and overwritten data. */
  readonly retentionDays: number;
  /** Approved ids of losses of records that no seed created. */
  readonly approved: ReadonlySet<string>;
  /** Number of records in one transaction. */
  readonly chunkSize: number;
}

export interface ChunkOutcome {
  /** Whether this was the last chunk. */
  readonly isOver: boolean;
  /** Progress of the set, including this chunk. */
  readonly result: SeedResult;
}

interface Chunk {
  /** The set with the values of its expressions. */
  readonly set: SeedSet;
  readonly progress: SeedProgress;
  readonly writer: SeedSetWriter;
  readonly transaction: DriverTransaction;
}

/**
 * The progress of the set is stored in the same transaction as its records, so that an interruption repeats nothing.
 */
function inChunk(
  { driver, resolver, deploymentId, retentionDays }: SeedChunks,
  set: SeedSet,
  work: (chunk: Chunk) => Promise<boolean>,
): Promise<ChunkOutcome> {
  return inTransaction(driver, async (transaction) => {
    resolver.forget();
    const deployedAt = await assertLatest(driver, deploymentId, transaction);
    const progress = await readProgress(driver, set, transaction);
    const { tally, isComplete } = progress;
    if (isComplete) return { isOver: true, result: tally.result };
    tally.deploymentId = deploymentId;
    // A set that was interrupted continues with the same values, also if a later deployment continues it.
    tally.evaluatedAt ??= deployedAt;
    const evaluated = await evaluatedSet(set, tally.evaluatedAt);
    const of = { object: set.definition.name, deployment: deploymentId, retentionDays };
    const trail = new SeedTrail(sqlIn(driver, transaction), of);
    const writer = new SeedSetWriter({ driver, resolver, trail }, evaluated, tally);
    const isOver = await work({ set: evaluated, progress, writer, transaction });
    await trail.flush();
    return { isOver, result: tally.result };
  });
}

async function writeNext(chunks: SeedChunks, chunk: Chunk): Promise<boolean> {
  const { driver, resolver, chunkSize } = chunks;
  const { set, progress, writer, transaction } = chunk;
  const { done, tally } = progress;
  const { mode, records } = set.dataset;
  if (done === 0) await forgetFormerSets(driver, set, transaction);
  if (mode === 'replace' && !tally.hasCleared) {
    const cleared = await clearOthers({ driver, resolver, transaction }, set, chunks);
    Object.assign(tally.result, cleared);
    tally.hasCleared = true;
  }
  const end = Math.min(done + chunkSize, records.length);
  for (let index = done; index < end; index++) await writer.write(index, transaction);
  await saveProgress(driver, set, { done: end, isComplete: false, tally }, transaction);
  return end === records.length;
}

async function settleNext({ driver, chunkSize }: SeedChunks, chunk: Chunk): Promise<boolean> {
  const { set, progress, writer, transaction } = chunk;
  const { done, tally } = progress;
  for (const pending of tally.pending.splice(0, chunkSize)) await writer.settle(pending, transaction);
  const isOver = tally.pending.length === 0;
  const hasFailed = isOver && tally.result.failed > 0;
  const after = hasFailed
    ? { done: 0, isComplete: false, tally: tallyOfRetry(set.dataset, tally) }
    : { done, isComplete: isOver, tally };
  await saveProgress(driver, set, after, transaction);
  return isOver;
}

/** Writes the next records of the set. */
export function writeChunk(chunks: SeedChunks, set: SeedSet): Promise<ChunkOutcome> {
  return inChunk(chunks, set, (chunk) => writeNext(chunks, chunk));
}

/**
 * Sets the next pending lookups, and closes the set. A set with failures starts again at the next attempt. If another
 * process restarted it meanwhile, this one writes it too.
 */
export function settleChunk(chunks: SeedChunks, set: SeedSet): Promise<ChunkOutcome> {
  return inChunk(chunks, set, async (chunk) => {
    if (chunk.progress.done >= set.dataset.records.length) return settleNext(chunks, chunk);
    await writeNext(chunks, chunk);
    return false;
  });
}
