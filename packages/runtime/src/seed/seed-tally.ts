import type { SeedDataset } from '@objectstack/spec/data';
import { type SeedResult, SeedResultSchema } from '@objectstack/spec/system';
import * as z from 'zod';

const MAX_PROBLEMS = 20;

const PendingReferenceSchema = z.object({ record: z.int().min(0), id: z.string(), field: z.string() });

/** A lookup whose record may come later. */
export type PendingReference = z.infer<typeof PendingReferenceSchema>;

/** What is written of a seed set so far; it stands in the database beside the records it counts. */
export const SeedTallySchema = z.object({
  result: SeedResultSchema,
  pending: z.array(PendingReferenceSchema),
});
export type SeedTally = z.infer<typeof SeedTallySchema>;

export function newTally(
  { object, records }: SeedDataset,
  outcome: SeedResult['outcome'] = 'written',
): SeedTally {
  const counts = {
    inserted: 0,
    updated: 0,
    unchanged: 0,
    failed: 0,
    referencesUnresolved: 0,
    ruleViolations: 0,
  };
  return { result: { object, outcome, records: records.length, ...counts, problems: [] }, pending: [] };
}

export function addProblem({ result }: SeedTally, problem: SeedResult['problems'][number]): void {
  if (result.problems.length < MAX_PROBLEMS) result.problems.push(problem);
}
