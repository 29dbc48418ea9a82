import { celProblem } from './cel-problem.js';
import { compileExpression } from './compile-expression.js';
import { boundOf } from './evaluation-bound.js';
import { EXPRESSION_LIMITS } from './expression-limits.js';
import { type ExpressionOutcome, problemOf } from './expression-problem.js';
import { type ExpressionValue, plainValue } from './plain-value.js';
import { sizeOfValue } from './size-of-value.js';

export type { ExpressionValue } from './plain-value.js';

/** What an expression can read. */
export interface ExpressionScope {
  /** Timestamp of the evaluation, in UTC: `now()`. */
  readonly now: string;
  /**
   * Variables by name: JSON values, with a `bigint` for an integer of CEL, a `number` for a double and a `Date` for a
   * timestamp. An absent key is an error in CEL: give it as null. Default: none.
   */
  readonly variables?: Readonly<Record<string, unknown>>;
}

/**
 * Evaluates a CEL expression, or says why it has no value; never throws. The value depends on nothing but the source and
 * the scope. An expression whose evaluation could take more than `EXPRESSION_LIMITS.maxSteps` steps is not started.
 */
export function evaluateExpression(
  source: string,
  { now, variables = {} }: ExpressionScope,
): ExpressionOutcome<ExpressionValue> {
  const compiled = compileExpression(source);
  if ('problem' in compiled) return compiled;
  const { ast, run, variables: used } = compiled.value;
  const missing = [...used].filter((name) => !Object.hasOwn(variables, name));
  if (missing.length > 0) return problemOf('unknown_variable', missing.join(', '));
  const sizes = new Map([...used].map((name) => [name, sizeOfValue(variables[name])]));
  if (boundOf(ast, sizes).steps > EXPRESSION_LIMITS.maxSteps) return problemOf('too_expensive');
  try {
    const value = plainValue(run(Date.parse(now), { ...variables }));
    return value === undefined ? problemOf('failed') : { value };
  } catch (error) {
    return celProblem(error, 'failed');
  }
}
