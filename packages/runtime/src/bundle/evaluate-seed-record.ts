import { type ExpressionProblem, evaluateForField } from '@objectstack/expressions';
import { celSourceOf, type Field } from '@objectstack/spec/data';

type SeedValues = Readonly<Record<string, unknown>>;

/** Values of a seed record, with its CEL expressions replaced by their values. */
export interface EvaluatedSeedRecord {
  readonly record: SeedValues;
  /** Fields that the record leaves out because their expressions have no value that they can store. */
  readonly skipped: ReadonlyMap<string, ExpressionProblem>;
}

/** Circumstances in which the expressions of a record are evaluated. */
export interface SeedEvaluation {
  /** Timestamp of the evaluation. */
  readonly now: string;
  /** Whether the expression of a field may be evaluated; otherwise it is left out silently. Default: always. */
  readonly mayEvaluate?: (name: string, source: string) => boolean;
}

const NONE_SKIPPED: EvaluatedSeedRecord['skipped'] = new Map();

/** Whether a value of the record is an expression. Most records have none, so that nothing else is computed for them. */
function hasExpressions(record: SeedValues): boolean {
  for (const name in record) if (celSourceOf(record[name]) !== undefined) return true;
  return false;
}

/** Evaluates the expressions of a seed record at a point in time. Values of unknown fields are left unchanged. */
export function evaluateSeedRecord(
  fieldOf: (name: string) => Field | undefined,
  record: SeedValues,
  { now, mayEvaluate = () => true }: SeedEvaluation,
): EvaluatedSeedRecord {
  if (!hasExpressions(record)) return { record, skipped: NONE_SKIPPED };
  const sources = Object.entries(record).flatMap(([name, value]) => {
    const [field, source] = [fieldOf(name), celSourceOf(value)];
    return field && source !== undefined ? [{ name, field, source }] : [];
  });
  if (sources.length === 0) return { record, skipped: NONE_SKIPPED };
  const values = new Map(Object.entries(record));
  const skipped = new Map<string, ExpressionProblem>();
  for (const { name, field, source } of sources) {
    if (!mayEvaluate(name, source)) {
      values.delete(name);
      continue;
    }
    const outcome = evaluateForField(field, source, { now });
    if ('value' in outcome) {
      values.set(name, outcome.value);
    } else {
      values.delete(name);
      skipped.set(name, outcome.problem);
    }
  }
  return { record: Object.fromEntries(values), skipped };
}
