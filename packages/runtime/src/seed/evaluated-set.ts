import { runStepsInTurns, type Steps } from '@objectstack/spec/shared';
import { type EvaluatedSeedRecord, evaluateSeedRecord } from '../bundle/evaluate-seed-record.js';
import { fieldOfRecord } from './field-of-record.js';
import type { SeedSet } from './seed-set.js';

/** A seed set whose expressions were evaluated. */
export interface EvaluatedSet extends SeedSet {
  /** Fields that records leave out because their expressions have no value, by the position of the record. */
  readonly skipped: ReadonlyMap<number, readonly string[]>;
}

interface Evaluation {
  readonly now: string;
  readonly evaluated: EvaluatedSet;
}

const evaluations = new WeakMap<SeedSet, Evaluation>();

/** Number of records without expressions that are read in one step. */
const STEP = 1_000;

function* evaluate(set: SeedSet, now: string): Steps<EvaluatedSet> {
  const { dataset, definition } = set;
  const fieldOf = fieldOfRecord(definition);
  const all: EvaluatedSeedRecord[] = [];
  for (const [index, written] of dataset.records.entries()) {
    const evaluated = evaluateSeedRecord(fieldOf, written, { now });
    all.push(evaluated);
    if (evaluated.record !== written || index % STEP === 0) yield;
  }
  const records = all.map(({ record }) => record);
  const skipped = new Map(
    all.flatMap((each, index) => (each.skipped.size > 0 ? [[index, [...each.skipped.keys()]] as const] : [])),
  );
  return { ...set, dataset: { ...dataset, records }, skipped };
}

/**
 * The set with the values of its expressions at a point in time. The ids of the set and of its records are not affected,
 * because they are derived from the expressions.
 */
export async function evaluatedSet(set: SeedSet, now: string): Promise<EvaluatedSet> {
  const known = evaluations.get(set);
  if (known?.now === now) return known.evaluated;
  const evaluated = await runStepsInTurns(evaluate(set, now));
  evaluations.set(set, { now, evaluated });
  return evaluated;
}
