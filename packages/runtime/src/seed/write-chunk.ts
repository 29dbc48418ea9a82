import type { DriverTransaction, IDataDriver } from '@objectstack/spec/contracts';
import type { SeedResult } from '@objectstack/spec/system';
import { assertLatest } from './assert-latest.js';
import { CreatedRecords } from './created-records.js';
import { deleteOthers } from './delete-others.js';
import { emptyObjects } from './empty-objects.js';
import { type EvaluatedSet, evaluatedSet } from './evaluated-set.js';
import { inTransaction } from './in-transaction.js';
import type { ReferenceResolver } from './reference-resolver.js';
import { type RunSql, sqlIn } from './run-sql.js';
import { forgetFormerSets, readProgress, type SeedProgress, saveProgress } from './seed-progress.js';
import type { SeedSet } from './seed-set.js';
import { ALONE, SeedSetWriter, type SeedWriting } from './seed-set-writer.js';
import { SeedUndoLog } from './seed-undo-log.js';
import { setPendingReference } from './set-pending-reference.js';
import { storedResultOfRetry } from './stored-seed-result.js';

/*
 * A chunk is one transaction, which writes a number of records of consecutive sets. The progress of the sets is stored in the
 * same transaction as their records, so that an interruption repeats nothing.
 */

/** Budget of one transaction, small enough to finish long before a transaction expires. */
export const SEED_CHUNK = 1_000;

export interface SeedChunks {
  readonly driver: IDataDriver;
  readonly resolver: ReferenceResolver;
  readonly deploymentId: string;
  /** Retention window of removed and overwritten data. */
  readonly retentionDays: number;
  /** Approved ids of losses of records that no seed created. */
  readonly approved: ReadonlySet<string>;
  /** Budget of one transaction: records that are created together, or a fifth as many that are stored alone. */
  readonly chunkSize: number;
}

export interface ChunkOutcome {
  readonly set: SeedSet;
  /** Whether all records of the set were processed. */
  readonly isOver: boolean;
  /** Whether nothing of the set remains to be done. */
  readonly isComplete: boolean;
  /** Progress of the set, including this chunk. */
  readonly result: SeedResult;
}

/** The transaction of a chunk. */
interface Chunk {
  readonly transaction: DriverTransaction;
  readonly sql: RunSql;
  readonly deployedAt: string;
  readonly progress: ReadonlyMap<string, SeedProgress>;
  readonly created: CreatedRecords;
  /** Objects that are known to have no records. */
  readonly empty: Set<string>;
}

interface SetInChunk {
  /** The set with the values of its expressions. */
  readonly set: EvaluatedSet;
  readonly progress: SeedProgress;
  readonly writing: SeedWriting;
  readonly chunk: Chunk;
}

/** Runs work in the transaction of a chunk, with the progress of the sets. */
function inChunk<T>(
  { driver, resolver, deploymentId }: SeedChunks,
  sets: readonly SeedSet[],
  work: (chunk: Chunk) => Promise<T>,
): Promise<T> {
  return inTransaction(driver, async (transaction) => {
    resolver.forget();
    const deployedAt = await assertLatest(driver, deploymentId, transaction);
    const sql = sqlIn(driver, transaction);
    const progress = await readProgress(driver, sets, transaction);
    const begun = sets.filter(({ id }) => progress.get(id)?.done === 0);
    const empty = await emptyObjects(
      sql,
      begun.map(({ definition }) => definition.name),
    );
    const created = new CreatedRecords(sql, { deployment: deploymentId, empty });
    const result = await work({ transaction, sql, deployedAt, progress, created, empty });
    await created.note();
    return result;
  });
}

interface Part {
  readonly set: SeedSet;
  readonly progress: SeedProgress;
}

/** Works on one set of the chunk. Returns its progress, which is to be stored. */
async function withSet(
  { driver, resolver, deploymentId, retentionDays, chunk }: SeedChunks & { readonly chunk: Chunk },
  { set, progress }: Part,
  work: (part: SetInChunk) => Promise<SeedProgress>,
): Promise<SeedProgress> {
  const { storedResult } = progress;
  const { sql, created, empty } = chunk;
  storedResult.deploymentId = deploymentId;
  // A set that was interrupted continues with the same values, also if a later deployment continues it.
  storedResult.evaluatedAt ??= chunk.deployedAt;
  const evaluated = await evaluatedSet(set, storedResult.evaluatedAt);
  const trail = new SeedUndoLog(
    sql,
    { object: set.definition.name, deployment: deploymentId, retentionDays },
    created,
  );
  const writing = { driver, resolver, trail, empty };
  const after = await work({ set: evaluated, progress, writing, chunk });
  await trail.flush();
  return after;
}

/** Writes the next records. A set is complete at once if no lookup is pending and no record failed. */
async function writeRecords(
  chunks: SeedChunks,
  { set, progress, writing, chunk }: SetInChunk,
  budget: { left: number },
): Promise<SeedProgress> {
  const { driver, resolver } = chunks;
  const { done, storedResult } = progress;
  const { mode, records } = set.dataset;
  const { transaction } = chunk;
  if (mode === 'replace' && !storedResult.hasCleared) {
    await chunk.created.note();
    const cleared = await deleteOthers({ driver, resolver, transaction }, set, chunks);
    Object.assign(storedResult.result, cleared);
    storedResult.hasCleared = true;
    budget.left -= cleared.removed;
  }
  const writer = new SeedSetWriter(writing, set, storedResult);
  const { to, left } = await writer.write({ from: done, budget: budget.left }, transaction);
  budget.left = left;
  const isComplete =
    to === records.length && storedResult.pending.length === 0 && storedResult.result.failed === 0;
  return { done: to, isComplete, storedResult };
}

async function setPendingReferences(
  { chunkSize }: SeedChunks,
  { set, progress, writing, chunk }: SetInChunk,
): Promise<SeedProgress> {
  const { done, storedResult } = progress;
  for (const pending of storedResult.pending.splice(0, Math.ceil(chunkSize / ALONE)))
    await setPendingReference({ ...writing, set, storedResult }, pending, chunk.transaction);
  const isOver = storedResult.pending.length === 0;
  return isOver && storedResult.result.failed > 0
    ? { done: 0, isComplete: false, storedResult: storedResultOfRetry(set.dataset, storedResult) }
    : { done, isComplete: isOver, storedResult };
}

/** The first sets that together have at least as many records as a chunk can write. */
function firstOf(sets: readonly SeedSet[], chunkSize: number): SeedSet[] {
  const first: SeedSet[] = [];
  for (let records = 0; records < chunkSize && first.length < sets.length; ) {
    const next = sets[first.length] as SeedSet;
    first.push(next);
    records += Math.max(next.dataset.records.length, 1);
  }
  return first;
}

/** Writes the next records of the sets, in order. Returns the sets that it reached: only the last may not be over. */
export function writeChunk(chunks: SeedChunks, sets: readonly SeedSet[]): Promise<ChunkOutcome[]> {
  const { chunkSize } = chunks;
  const reachable = firstOf(sets, chunkSize);
  return inChunk(chunks, reachable, async (chunk) => {
    const { sql, progress } = chunk;
    const begun = reachable.filter(({ id }) => progress.get(id)?.done === 0);
    await forgetFormerSets(sql, begun);
    const outcomes: ChunkOutcome[] = [];
    const written: { set: SeedSet; progress: SeedProgress }[] = [];
    const budget = { left: chunkSize };
    for (const set of reachable) {
      if (budget.left <= 0) break;
      const before = progress.get(set.id) as SeedProgress;
      const after = before.isComplete
        ? before
        : await withSet({ ...chunks, chunk }, { set, progress: before }, (part) =>
            writeRecords(chunks, part, budget),
          );
      if (after !== before) written.push({ set, progress: after });
      const { result } = before.storedResult;
      const { length } = set.dataset.records;
      outcomes.push({ set, isOver: after.done >= length, isComplete: after.isComplete, result });
    }
    await saveProgress(sql, written);
    return outcomes;
  });
}

/**
 * Sets the next pending lookups, and closes the set. A set with failures starts again at the next attempt. If another
 * process restarted it meanwhile, this one writes it too.
 */
export async function settleChunk(chunks: SeedChunks, set: SeedSet): Promise<ChunkOutcome> {
  return inChunk(chunks, [set], async (chunk) => {
    const before = chunk.progress.get(set.id) as SeedProgress;
    if (before.isComplete) return { set, isOver: true, isComplete: true, result: before.storedResult.result };
    const isRestarted = before.done < set.dataset.records.length;
    const after = await withSet({ ...chunks, chunk }, { set, progress: before }, async (inside) =>
      isRestarted
        ? writeRecords(chunks, inside, { left: chunks.chunkSize })
        : setPendingReferences(chunks, inside),
    );
    await saveProgress(chunk.sql, [{ set, progress: after }]);
    const { isComplete } = after;
    const { pending, result } = before.storedResult;
    return { set, isOver: isComplete || (!isRestarted && pending.length === 0), isComplete, result };
  });
}
