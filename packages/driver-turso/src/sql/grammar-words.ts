import { CONTEXTUAL_WORDS, isReserved } from './reserved-words.js';
import type { Token } from './tokenize.js';

const table = (entries: Record<string, string>): ReadonlyMap<string, ReadonlySet<string>> =>
  new Map(Object.entries(entries).map(([word, others]) => [word, new Set(others.split(' '))]));

/** Words that are keywords after certain others. */
const AFTER = table({
  action: 'no',
  always: 'generated',
  begin: 'row',
  by: 'order group partition indexed',
  cascade: 'delete update',
  deferred: 'initially',
  do: 'conflict',
  each: 'for',
  end: ';',
  first: 'nulls',
  following: 'unbounded',
  immediate: 'initially',
  indexed: 'not',
  initially: 'deferrable',
  key: 'primary foreign',
  last: 'nulls',
  materialized: 'as not',
  no: 'delete update exclude',
  of: 'instead update',
  others: 'no',
  outer: 'left right full natural',
  preceding: 'unbounded',
  recursive: 'with',
  restrict: 'delete update',
  row: 'each current',
  temp: 'create',
  temporary: 'create',
  ties: 'exclude',
  trigger: 'create temp temporary',
  view: 'create temp temporary',
  virtual: 'create',
  with: 'as ;',
  conflict: 'on',
  abort: 'or conflict',
  fail: 'or conflict',
  ignore: 'or conflict',
  replace: 'or conflict',
  rollback: 'or conflict',
});

/** Words that are keywords before certain others. */
const BEFORE = table({
  after: 'delete insert update',
  before: 'delete insert update',
  cross: 'join',
  current: 'row',
  exclude: 'no current group ties',
  full: 'join outer',
  generated: 'always',
  groups: 'between unbounded current',
  if: 'not',
  inner: 'join',
  instead: 'of',
  left: 'join outer',
  natural: 'join left right full inner cross',
  nulls: 'first last',
  outer: 'join',
  partition: 'by',
  range: 'between unbounded current',
  right: 'join outer',
  rows: 'between unbounded current',
  unbounded: 'preceding following',
  without: 'rowid',
});

const BINARY: ReadonlySet<string> = new Set(['like', 'glob', 'match', 'regexp']);
const RAISED: ReadonlySet<string> = new Set(['abort', 'fail', 'ignore', 'rollback']);

/** Whether a value or a name ends with this token, so that the next token cannot begin another one. */
function endsOperand(token: Token | undefined, wasGrammar: boolean): boolean {
  if (token === undefined) return false;
  if (token.kind === 'punctuation') return token.text === ')';
  if (token.kind !== 'word') return true;
  return !isReserved(token) ? !wasGrammar : ['null', 'isnull', 'notnull'].includes(token.word);
}

/** Indexes of unquoted words that are keywords in their position. A word that may be either is a name. */
export function grammarWords(tokens: readonly Token[]): ReadonlySet<number> {
  const found = new Set<number>();
  for (const [index, token] of tokens.entries()) {
    const { word } = token;
    if (CONTEXTUAL_WORDS.has(word) && isGrammar(word, index, tokens, found)) found.add(index);
  }
  return found;
}

function isGrammar(
  word: string,
  index: number,
  tokens: readonly Token[],
  found: ReadonlySet<number>,
): boolean {
  const [before, next] = [tokens[index - 1], tokens[index + 1]];
  if (before?.text === '.' || next?.text === '.') return false;
  if (next?.text === '(' || (RAISED.has(word) && tokens[index - 2]?.word === 'raise')) return true;
  if (endsOperand(before, found.has(index - 1))) return true;
  if (before && AFTER.get(word)?.has(before.word || before.text)) return true;
  if (next && BEFORE.get(word)?.has(next.word)) return true;
  const isNegated = before?.word === 'not' && endsOperand(tokens[index - 2], found.has(index - 2));
  return BINARY.has(word) && isNegated;
}
