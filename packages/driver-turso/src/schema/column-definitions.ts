import { type Token, tokenize, unquoted } from '../sql/tokenize.js';

const TABLE_CONSTRAINTS: ReadonlySet<string> = new Set([
  'constraint',
  'primary',
  'unique',
  'check',
  'foreign',
]);

/** The source text, with each run of white space and comments replaced by one blank. */
const textOf = (tokens: readonly Token[]) =>
  tokens
    .map(({ text, isSpaced }) => (isSpaced ? ` ${text}` : text))
    .join('')
    .trim();

/** Of the statement that was read last: several functions read the same one after another. */
let latest: { readonly sql: string; readonly parts: Parts } | undefined;

function partsOf(sql: string): Parts {
  if (latest?.sql !== sql) latest = { sql, parts: readParts(sql) };
  return latest.parts;
}

interface Parts {
  /** Content of the outermost parentheses, split at its commas. */
  readonly inside: readonly (readonly Token[])[];
  readonly after: readonly Token[];
}

function readParts(sql: string): Parts {
  const tokens = tokenize(sql);
  const inside: Token[][] = [[]];
  let depth = 0;
  for (
    let place = tokens.findIndex(({ text }) => text === '(');
    place >= 0 && place < tokens.length;
    place++
  ) {
    const token = tokens[place] as Token;
    if (token.text === '(') depth++;
    if (token.text === ')') depth--;
    if (depth === 0) return { inside, after: tokens.slice(place + 1) };
    if (token.text === ',' && depth === 1) inside.push([]);
    else if (token.text !== '(' || depth > 1) inside.at(-1)?.push(token);
  }
  return { inside, after: [] };
}

const constrains = ([first]: readonly Token[]) => first !== undefined && TABLE_CONSTRAINTS.has(first.word);

/** The text after the name of each column in a CREATE TABLE statement, by column name. */
export function columnDefinitions(createTable: string): Map<string, string> {
  const definitions = new Map<string, string>();
  for (const part of partsOf(createTable).inside) {
    const [name, ...rest] = part;
    if (name === undefined || constrains(part)) continue;
    definitions.set(unquoted(name), textOf(rest));
  }
  return definitions;
}

/** Whether a CREATE TABLE statement has a table constraint or a table option such as STRICT. */
export function constrainsTable(createTable: string): boolean {
  const { inside, after } = partsOf(createTable);
  return textOf(after) !== '' || inside.some(constrains);
}

/** The options after the columns of a CREATE TABLE statement, such as `STRICT, WITHOUT ROWID`; empty if it has none. */
export const tableOptions = (createTable: string): string => textOf(partsOf(createTable).after).toUpperCase();

/** The table constraints of a CREATE TABLE statement. */
export const tableConstraints = (createTable: string): string[] =>
  partsOf(createTable).inside.filter(constrains).map(textOf);

/** The WHERE condition of a CREATE INDEX statement; empty if it has none. */
export function conditionOf(createIndex: string): string {
  const { after } = partsOf(createIndex);
  return textOf(after.slice(after.findIndex(({ word }) => word === 'where') + 1));
}

/** Words of the definition outside quotation marks. */
const wordsOf = (definition: string) =>
  tokenize(definition)
    .filter(({ kind }) => kind === 'word' || kind === 'number' || kind === 'blob')
    .map(({ text }) => text)
    .join(' ')
    .toUpperCase();

/** Cached by text: most columns of most tables are defined by one of a few. */
const known = new Map<string, boolean>();
const MOST_DEFINITIONS = 1_000;

const UNMODELED_CLAUSE =
  /\b(CHECK|COLLATE|GENERATED|AS|UNIQUE|AUTOINCREMENT|CONSTRAINT|CONFLICT|DESC|MATCH|UPDATE)\b/;

/**
 * Whether a column has clauses other than its type, NOT NULL, DEFAULT, PRIMARY KEY and a foreign key as deployments
 * write it.
 */
export function hasUnmodeledClauses(definition: string): boolean {
  const found = known.get(definition);
  if (found !== undefined) return found;
  if (known.size >= MOST_DEFINITIONS) known.clear();
  const has = findsUnmodeledClauses(definition);
  known.set(definition, has);
  return has;
}

function findsUnmodeledClauses(definition: string): boolean {
  const words = wordsOf(definition);
  if (UNMODELED_CLAUSE.test(words)) return true;
  return /\bREFERENCES\b/.test(words) && !/\bDEFERRABLE INITIALLY DEFERRED$/.test(words);
}
