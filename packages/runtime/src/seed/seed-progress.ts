import type { DriverTransaction, IDataDriver } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { SYSTEM_OBJECTS } from '@objectstack/spec/system';
import type { SeedSet } from './seed-set.js';
import { newTally, type SeedTally, SeedTallySchema } from './seed-tally.js';

const PROGRESS = SYSTEM_OBJECTS.seed.name;

export interface SeedProgress {
  /** Number of records that were processed. */
  readonly done: number;
  readonly isComplete: boolean;
  readonly tally: SeedTally;
}

function parseTally(value: unknown): SeedTally {
  const parsed = SeedTallySchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new ObjectStackError({
    code: 'database_invalid',
    message: 'The stored progress of a seed set is malformed. Restore the database from a backup.',
    details: { object: PROGRESS },
  });
}

/** Progress of the set. Later writes are counted for the deployment that reads it. */
export async function readProgress(
  driver: IDataDriver,
  { id, dataset }: Pick<SeedSet, 'id' | 'dataset'>,
  transaction?: DriverTransaction,
): Promise<SeedProgress> {
  const options = { system: true, ...(transaction && { transaction }) };
  const row = await driver.findOne(PROGRESS, { where: { id } }, options);
  if (!row) return { done: 0, isComplete: false, tally: newTally(dataset, '') };
  return {
    done: Number(row.records_done),
    isComplete: row.completed === true,
    tally: parseTally(row.result),
  };
}

export async function saveProgress(
  driver: IDataDriver,
  { id, dataset }: SeedSet,
  { done, isComplete, tally }: SeedProgress,
  transaction: DriverTransaction,
): Promise<void> {
  const data = { id, object: dataset.object, records_done: done, result: tally, completed: isComplete };
  await driver.upsert(PROGRESS, data, ['id'], { system: true, transaction });
}

/** Deletes the progress of sets of the object that the bundle no longer has: if one returns, it is written again. */
export async function forgetFormerSets(
  driver: IDataDriver,
  { dataset, siblings }: SeedSet,
  transaction: DriverTransaction,
): Promise<void> {
  const where = { object: dataset.object, id: { $nin: [...siblings] } };
  await driver.deleteMany(PROGRESS, { where }, { system: true, transaction });
}
