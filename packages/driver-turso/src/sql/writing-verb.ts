import { closingsOf } from './closings-of.js';
import { MAINTENANCE_PRAGMAS, WRITING_STATEMENTS } from './sql-allow-list.js';
import type { StatementHead } from './statement-head.js';
import { foldCase, type Token, unquoted } from './tokenize.js';

/** The verb after the common table expressions of a WITH. */
function mainVerb(tokens: readonly Token[], withAt: number): string {
  const closings = closingsOf(tokens);
  for (let at = withAt + 1; at < tokens.length; at++) {
    if (tokens[at]?.text !== '(') continue;
    at = closings[at] as number;
    const next = tokens[at + 1]?.word ?? '';
    if (next !== '' && next !== 'as') return next;
  }
  return '';
}

/** Name of the pragma after the word PRAGMA. */
export function pragmaName(tokens: readonly Token[], at: number): string {
  const token = tokens[at + 1]?.text === '.' ? tokens[at + 2] : tokens[at];
  return token ? foldCase(unquoted(token)) : '';
}

/** The verb of a statement that writes, in upper case; undefined if the statement only reads. */
export function writingVerb(
  tokens: readonly Token[],
  { verb, verbAt, isExplained }: StatementHead,
): string | undefined {
  if (isExplained) return undefined;
  if (verb === 'pragma')
    return MAINTENANCE_PRAGMAS.has(pragmaName(tokens, verbAt + 1)) ? 'PRAGMA' : undefined;
  const main = verb === 'with' ? mainVerb(tokens, verbAt) : verb;
  return WRITING_STATEMENTS.has(main) ? main.toUpperCase() : undefined;
}
