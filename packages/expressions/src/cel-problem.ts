import { type ExpressionProblem, type ExpressionProblemCode, problemOf } from './expression-problem.js';

/** Codes of the library. Its messages are not used, because some contain values. */
const CODES: Readonly<Record<string, ExpressionProblemCode>> = {
  limit_exceeded: 'too_large',
  unknown_variable: 'unknown_variable',
  no_such_key: 'unknown_variable',
  no_such_overload: 'type_mismatch',
  no_matching_overload: 'type_mismatch',
  cannot_index_type: 'type_mismatch',
  invalid_index_type: 'type_mismatch',
  invalid_comparison_type: 'type_mismatch',
  incompatible_ternary_branches: 'type_mismatch',
};

/** The problem that an error of the library means. */
export function celProblem(error: unknown, otherwise: ExpressionProblemCode): { problem: ExpressionProblem } {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return problemOf(CODES[code] ?? otherwise);
}
