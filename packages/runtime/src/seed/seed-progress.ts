import type { DriverTransaction, IDataDriver, SqlStatement } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { SYSTEM_OBJECTS } from '@objectstack/spec/system';
import type { RunSql } from './run-sql.js';
import type { SeedSet } from './seed-set.js';
import { newStoredResult, type StoredSeedResult, StoredSeedResultSchema } from './stored-seed-result.js';

const PROGRESS = SYSTEM_OBJECTS.seed.name;

export interface SeedProgress {
  /** Number of records that were processed. */
  readonly done: number;
  readonly isComplete: boolean;
  readonly storedResult: StoredSeedResult;
}

function parseStoredResult(value: unknown): StoredSeedResult {
  const parsed = StoredSeedResultSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new ObjectStackError({
    code: 'database_invalid',
    message: 'The stored progress of a seed dataset is malformed. Restore the database from a backup.',
    details: { object: PROGRESS },
  });
}

const SETS_AT_ONCE = 500;

/** Progress of the sets, by id. Later writes are counted for the deployment that reads it. */
export async function readProgress(
  driver: IDataDriver,
  sets: readonly Pick<SeedSet, 'id' | 'dataset'>[],
  transaction?: DriverTransaction,
): Promise<Map<string, SeedProgress>> {
  const options = { system: true, ...(transaction && { transaction }) };
  const progress = new Map<string, SeedProgress>();
  for (const { id, dataset } of sets)
    progress.set(id, { done: 0, isComplete: false, storedResult: newStoredResult(dataset, '') });
  const ids = [...progress.keys()];
  for (let start = 0; start < ids.length; start += SETS_AT_ONCE) {
    const where = { id: { $in: ids.slice(start, start + SETS_AT_ONCE) } };
    for (const row of await driver.find(PROGRESS, { where }, options))
      progress.set(row.id, {
        done: Number(row.records_done),
        isComplete: row.completed === true,
        storedResult: parseStoredResult(row.result),
      });
  }
  return progress;
}

/** Whether all records of the sets were processed. */
export async function areComplete(driver: IDataDriver, ids: readonly string[]): Promise<boolean> {
  for (let start = 0; start < ids.length; start += SETS_AT_ONCE) {
    const some = ids.slice(start, start + SETS_AT_ONCE);
    const query = { where: { id: { $in: some }, completed: true } };
    if ((await driver.count(PROGRESS, query, { system: true })) < some.length) return false;
  }
  return true;
}

/** Stores the progress of sets in one statement. */
export async function saveProgress(
  sql: RunSql,
  sets: readonly { readonly set: Pick<SeedSet, 'id' | 'dataset'>; readonly progress: SeedProgress }[],
): Promise<void> {
  const now = new Date().toISOString();
  const rows = sets.map(({ set: { id, dataset }, progress: { done, isComplete, storedResult } }) => {
    return [id, dataset.object, done, JSON.stringify(storedResult), Number(isComplete)];
  });
  const columns = rows[0]?.map((_, index) => `json_extract(value, '$[${index}]')`).join(', ');
  if (columns === undefined) return;
  await sql(
    `INSERT INTO ${PROGRESS} (id, object, records_done, result, completed, created_at, updated_at)
    SELECT ${columns}, ?, ? FROM temp.json_each(?) WHERE true
    ON CONFLICT (id) DO UPDATE SET object = excluded.object, records_done = excluded.records_done,
      result = excluded.result, completed = excluded.completed, updated_at = excluded.updated_at`,
    [now, now, JSON.stringify(rows)],
  );
}

/** Statements that delete the progress of all sets of some objects, so that these are written again. */
export function forgetSets(objects: readonly string[]): SqlStatement[] {
  const sql = `DELETE FROM ${PROGRESS} WHERE object IN (SELECT value FROM temp.json_each(?))`;
  return objects.length > 0 ? [{ sql, args: [JSON.stringify(objects)] }] : [];
}

/** Deletes the progress of sets of the objects that the bundle no longer has: if one returns, it is written again. */
export async function forgetFormerSets(sql: RunSql, sets: readonly SeedSet[]): Promise<void> {
  if (sets.length === 0) return;
  const objects = [...new Set(sets.map(({ dataset }) => dataset.object))];
  const siblings = sets.flatMap((set) => set.siblings);
  await sql(
    `DELETE FROM ${PROGRESS} WHERE object IN (SELECT value FROM temp.json_each(?))
    AND id NOT IN (SELECT value FROM temp.json_each(?))`,
    [JSON.stringify(objects), JSON.stringify(siblings)],
  );
}
