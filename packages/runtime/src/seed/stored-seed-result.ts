import type { SeedDataset } from '@objectstack/spec/data';
import { type SeedResult, SeedResultSchema } from '@objectstack/spec/system';
import * as z from 'zod';

const MAX_PROBLEMS = 20;

const PendingReferenceSchema = z.object({
  record: z.int().min(0),
  id: z.string(),
  field: z.string(),
  /** Whether the field is required, and empty until then. */
  breaksRule: z.boolean(),
});

/** Lookup whose record may be written later. */
export type PendingReference = z.infer<typeof PendingReferenceSchema>;

/** Progress of a seed set; stored in the database in the transaction of the counted records. */
export const StoredSeedResultSchema = z.object({
  /** Deployment that wrote last. */
  deploymentId: z.string(),
  /** Whether the mode replace has removed the records that the set does not contain, which happens once. */
  hasCleared: z.boolean(),
  result: SeedResultSchema,
  pending: z.array(PendingReferenceSchema),
  /** Time for which the expressions of the set are evaluated: that of the deployment that started to write it. */
  evaluatedAt: z.string().optional(),
});
export type StoredSeedResult = z.infer<typeof StoredSeedResultSchema>;

export function emptyResult(
  { object, records }: SeedDataset,
  outcome: SeedResult['outcome'] = 'written',
): SeedResult {
  const counts = {
    inserted: 0,
    updated: 0,
    overwritten: 0,
    removed: 0,
    referencesCleared: 0,
    unchanged: 0,
    failed: 0,
    referencesUnresolved: 0,
    ruleViolations: 0,
    expressionsSkipped: 0,
  };
  return { object, outcome, records: records.length, ...counts, problems: [] };
}

/** The result of a set that an earlier deployment has written. */
export function leftAlone(dataset: SeedDataset): SeedResult {
  return { ...emptyResult(dataset, 'already_written'), unchanged: dataset.records.length };
}

export function newStoredResult(dataset: SeedDataset, deploymentId: string): StoredSeedResult {
  return { deploymentId, hasCleared: false, result: emptyResult(dataset), pending: [] };
}

/**
 * The stored result of a set that is written again after failures. Removed records are not removed again, and remain counted.
 */
export function storedResultOfRetry(
  dataset: SeedDataset,
  { deploymentId, hasCleared, result, evaluatedAt }: StoredSeedResult,
): StoredSeedResult {
  const { removed = 0, referencesCleared = 0, overwritten = 0 } = result;
  const counted = { ...emptyResult(dataset), removed, referencesCleared, overwritten };
  return { deploymentId, hasCleared, result: counted, pending: [], ...(evaluatedAt && { evaluatedAt }) };
}

export function addProblem({ result }: StoredSeedResult, problem: SeedResult['problems'][number]): void {
  if (result.problems.length < MAX_PROBLEMS) result.problems.push(problem);
}
