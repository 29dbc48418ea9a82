import { isNaming } from './reserved-words.js';
import type { Token } from './tokenize.js';

/**
 * Whether the token at the index is a WITH that is followed by the name of an expression, not a table called `with`.
 */
export function beginsExpressions(tokens: readonly Token[], index: number): boolean {
  if (tokens[index]?.word !== 'with') return false;
  const isRecursive = tokens[index + 1]?.word === 'recursive' && isNaming(tokens[index + 2]);
  const nameAt = isRecursive ? index + 2 : index + 1;
  const next = tokens[nameAt + 1];
  return isNaming(tokens[nameAt]) && (next?.word === 'as' || next?.text === '(');
}

/** Whether the name at the index is in a position where the name of an expression can be. */
export function mayNameExpression(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1];
  return before?.word === 'with' || before?.word === 'recursive' || before?.text === ',';
}

/** Whether a list of columns that ends at the index belongs to an expression: `name (column, …) AS (…)`. */
export function namesExpression(tokens: readonly Token[], closedAt: number): boolean {
  if (tokens[closedAt + 1]?.word !== 'as') return false;
  let at = closedAt + 2;
  if (tokens[at]?.word === 'not') at++;
  if (tokens[at]?.word === 'materialized') at++;
  return tokens[at]?.text === '(';
}
