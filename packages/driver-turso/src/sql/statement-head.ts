import type { Token } from './tokenize.js';

/** The item that a CREATE statement creates. */
export interface CreatedItem {
  /** Words between CREATE and the name, such as `table`, `unique index` or `virtual table`. */
  readonly kind: string;
  readonly qualifier: Token | undefined;
  /** Index of the name. */
  readonly nameAt: number;
}

export interface StatementHead {
  /** First word after EXPLAIN, in lower case; empty if there is none. */
  readonly verb: string;
  readonly verbAt: number;
  readonly isExplained: boolean;
  readonly made: CreatedItem | undefined;
}

const NAME_FOLLOWS: ReadonlySet<string> = new Set(['table', 'index', 'view', 'trigger']);

const MAX_KIND_WORDS = 3;

function readCreated(tokens: readonly Token[], from: number): CreatedItem | undefined {
  const words: string[] = [];
  for (let at = from; at < tokens.length && words.length < MAX_KIND_WORDS; at++) {
    const { word } = tokens[at] as Token;
    words.push(word);
    if (NAME_FOLLOWS.has(word)) return { kind: words.join(' '), ...nameAfter(tokens, at + 1) };
  }
  return undefined;
}

function nameAfter(tokens: readonly Token[], from: number): Omit<CreatedItem, 'kind'> {
  const word = (offset: number) => tokens[from + offset]?.word;
  const hasCondition = word(0) === 'if' && word(1) === 'not' && word(2) === 'exists';
  const at = hasCondition ? from + 3 : from;
  const isQualified = tokens[at + 1]?.text === '.';
  return { qualifier: isQualified ? tokens[at] : undefined, nameAt: isQualified ? at + 2 : at };
}

/** Verb of a statement and, for a CREATE statement, the created item. */
export function readHead(tokens: readonly Token[]): StatementHead {
  let verbAt = 0;
  const isExplained = tokens[0]?.word === 'explain';
  if (isExplained) verbAt = tokens[1]?.word === 'query' && tokens[2]?.word === 'plan' ? 3 : 1;
  const verb = tokens[verbAt]?.word ?? '';
  const made = verb === 'create' ? readCreated(tokens, verbAt + 1) : undefined;
  return { verb, verbAt, isExplained, made };
}
