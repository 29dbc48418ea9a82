import { runStepsInTurns, type Steps } from '@objectstack/spec/shared';
import { type EvaluatedSeedRecord, evaluateSeedRecord } from '../bundle/evaluate-seed-record.js';
import { fieldOfRecord } from './field-of-record.js';
import type { SeedSet } from './seed-set.js';

/** A seed set whose expressions were evaluated. */
export interface EvaluatedSet extends SeedSet {
  /** Fields that records leave out because their expressions have no value, by the position of the record. */
  readonly skipped: ReadonlyMap<number, readonly string[]>;
  /** The records as they were written, with their expressions. */
  readonly written: SeedSet['dataset']['records'];
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
  const records: EvaluatedSeedRecord['record'][] = [];
  const skipped = new Map<number, readonly string[]>();
  for (const [index, written] of dataset.records.entries()) {
    const evaluated = evaluateSeedRecord(fieldOf, written, { now });
    records.push(evaluated.record);
    if (evaluated.skipped.size > 0) skipped.set(index, [...evaluated.skipped.keys()]);
    if (evaluated.record !== written || index % STEP === 0) yield;
  }
  return { ...set, dataset: { ...dataset, records }, skipped, written: dataset.records };
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
