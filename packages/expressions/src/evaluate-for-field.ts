import { type Field, fieldValueModel, storageProblem } from '@objectstack/spec/data';
import { type ExpressionScope, type ExpressionValue, evaluateExpression } from './evaluate-expression.js';
import { type ExpressionOutcome, problemOf } from './expression-problem.js';

/** A value of a record. */
type FieldValue = Exclude<ExpressionValue, Date>;

/** A timestamp as the encoding of a field represents it. */
function writtenTime(time: Date, encoding: string): string {
  const text = time.toISOString();
  if (encoding === 'date') return text.slice(0, 10);
  return encoding === 'time' ? text.slice(11, 19) : text;
}

const TIME_ENCODINGS: ReadonlySet<string> = new Set(['date', 'datetime', 'time', 'json']);

/** The value with its timestamps as texts; undefined if the field has no timestamps. */
function written(value: ExpressionValue, encoding: string): FieldValue | undefined {
  if (value instanceof Date) return TIME_ENCODINGS.has(encoding) ? writtenTime(value, encoding) : undefined;
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, item]) => [key, written(item, encoding)] as const);
  if (entries.some(([, item]) => item === undefined)) return undefined;
  const items = entries.map(([, item]) => item as FieldValue);
  return Array.isArray(value) ? items : (Object.fromEntries(entries) as Record<string, FieldValue>);
}

/**
 * The value of an expression in the form of its field: a timestamp is the day in UTC for a `date`, a timestamp for a
 * `datetime`, and the time of day in UTC for a `time`. Null if the expression is null. Has the problem `unfit_value` if the
 * field cannot store the value. Its options are not checked.
 */
export function evaluateForField(
  field: Field,
  source: string,
  scope: ExpressionScope,
): ExpressionOutcome<FieldValue> {
  const outcome = evaluateExpression(source, scope);
  if ('problem' in outcome) return outcome;
  const value = written(outcome.value, fieldValueModel(field).itemEncoding);
  if (value === undefined) return problemOf('unfit_value', 'it is a timestamp');
  const problem = value === null ? undefined : storageProblem(field, value);
  return problem === undefined ? { value } : problemOf('unfit_value', `it ${problem}`);
}
