/** Why an expression has no value. */
export const EXPRESSION_PROBLEMS = {
  invalid_syntax: 'is not a valid CEL expression such as today() or now() + duration("24h")',
  too_large: 'is larger than an expression may be',
  too_expensive: 'may take more steps than an expression may take',
  unknown_function: 'calls a function that is not available',
  unknown_variable: 'uses a variable that is not available',
  type_mismatch: 'combines values whose types do not fit together',
  failed: 'cannot be computed',
  unfit_value: 'has a value that its field cannot store',
} as const;

export type ExpressionProblemCode = keyof typeof EXPRESSION_PROBLEMS;

/** Why an expression has no value. Contains names from its source, and never a value. */
export interface ExpressionProblem {
  readonly code: ExpressionProblemCode;
  /** The reason, to complete a sentence that starts with "the expression". */
  readonly message: string;
}

/** The value of an expression, or the reason why it has none. */
export type ExpressionOutcome<T> = { readonly value: T } | { readonly problem: ExpressionProblem };

export function problemOf(code: ExpressionProblemCode, detail?: string): { problem: ExpressionProblem } {
  const reason = EXPRESSION_PROBLEMS[code];
  return { problem: { code, message: detail === undefined ? reason : `${reason}: ${detail}` } };
}
