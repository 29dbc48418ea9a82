import type { RecordViolation } from '@objectstack/spec/contracts';
import type { EvaluatedSet } from './evaluated-set.js';
import type { SeedRecord } from './record-batch.js';
import { addProblem, type StoredSeedResult } from './stored-seed-result.js';

/**
 * Adds what is to be reported of a stored record to the result, except its outcome. A pending required lookup violates its rule
 * only if it remains empty.
 */
export function countRecord(
  { skipped }: EvaluatedSet,
  storedResult: StoredSeedResult,
  written: {
    readonly record: SeedRecord;
    readonly violations: readonly RecordViolation[];
    readonly id: string;
  },
): void {
  const { violations, id } = written;
  const { index: record, pending } = written.record;
  const { result } = storedResult;
  for (const field of skipped.get(record) ?? []) {
    result.expressionsSkipped = (result.expressionsSkipped ?? 0) + 1;
    addProblem(storedResult, { record, field, code: 'expression_not_evaluated' });
  }
  const isWaiting = ({ field, rule }: RecordViolation) => rule === 'required' && pending.includes(field);
  for (const field of pending) {
    const breaksRule = violations.some((violation) => violation.field === field && isWaiting(violation));
    storedResult.pending.push({ record, id, field, breaksRule });
  }
  for (const violation of violations) {
    if (isWaiting(violation)) continue;
    result.ruleViolations++;
    addProblem(storedResult, { record, field: violation.field, code: violation.rule });
  }
}
