import { type Token, tokenize, unquoted } from '../sql/tokenize.js';

const TABLE_CONSTRAINTS: ReadonlySet<string> = new Set([
  'constraint',
  'primary',
  'unique',
  'check',
  'foreign',
]);

/** As it is written, with one blank for white space and comments. */
const textOf = (tokens: readonly Token[]) =>
  tokens
    .map(({ text, isSpaced }) => (isSpaced ? ` ${text}` : text))
    .join('')
    .trim();

interface Parts {
  /** What stands between the outermost brackets, cut at their commas. */
  readonly inside: readonly (readonly Token[])[];
  readonly behind: readonly Token[];
}

function partsOf(sql: string): Parts {
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
    if (depth === 0) return { inside, behind: tokens.slice(place + 1) };
    if (token.text === ',' && depth === 1) inside.push([]);
    else if (token.text !== '(' || depth > 1) inside.at(-1)?.push(token);
  }
  return { inside, behind: [] };
}

const constrains = ([first]: readonly Token[]) => first !== undefined && TABLE_CONSTRAINTS.has(first.word);

/** What follows the name of each column in a CREATE TABLE statement, by name. */
export function columnDefinitions(createTable: string): Map<string, string> {
  const definitions = new Map<string, string>();
  for (const part of partsOf(createTable).inside) {
    const [name, ...rest] = part;
    if (name === undefined || constrains(part)) continue;
    definitions.set(unquoted(name), textOf(rest));
  }
  return definitions;
}

/** Whether a CREATE TABLE statement says something of the whole table: a constraint, or an option such as STRICT. */
export function constrainsTable(createTable: string): boolean {
  const { inside, behind } = partsOf(createTable);
  return textOf(behind) !== '' || inside.some(constrains);
}

/** The condition of a CREATE INDEX statement; empty where it has none. */
export function conditionOf(createIndex: string): string {
  const { behind } = partsOf(createIndex);
  return textOf(behind.slice(behind.findIndex(({ word }) => word === 'where') + 1));
}

/** Words of the definition outside quotes. */
const wordsOf = (definition: string) =>
  tokenize(definition)
    .filter(({ kind }) => kind === 'word' || kind === 'number' || kind === 'blob')
    .map(({ text }) => text)
    .join(' ')
    .toUpperCase();

const SAYS_MORE = /\b(CHECK|COLLATE|GENERATED|AS|UNIQUE|AUTOINCREMENT|CONSTRAINT|CONFLICT|MATCH|UPDATE)\b/;

/** Whether type, NOT NULL, DEFAULT, primary key and a foreign key as deployments make it do not say all. */
export function saysMore(definition: string): boolean {
  const words = wordsOf(definition);
  if (SAYS_MORE.test(words)) return true;
  return /\bREFERENCES\b/.test(words) && !/\bDEFERRABLE INITIALLY DEFERRED$/.test(words);
}
