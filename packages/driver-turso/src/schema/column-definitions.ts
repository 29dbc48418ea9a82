const TOKEN =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|--[^\n]*|\/\*[\s\S]*?\*\/|\w+|\s+|[^\w\s]/g;
const COMMENT = /^(--|\/\*)/;
const TABLE_CONSTRAINT = /^(CONSTRAINT|PRIMARY|UNIQUE|CHECK|FOREIGN)$/i;

function unquoted(token: string): string {
  const quote = token[0] ?? '';
  if (quote === '[') return token.slice(1, -1);
  if (!['"', '`', "'"].includes(quote)) return token;
  return token.slice(1, -1).replaceAll(quote + quote, quote);
}

/** The tokens of a statement; white space and comments are one blank. */
const tokensOf = (sql: string) =>
  (sql.match(TOKEN) ?? []).map((token) => (/^\s/.test(token) || COMMENT.test(token) ? ' ' : token));

const textOf = (tokens: readonly string[]) => tokens.join('').replace(/ +/g, ' ').trim();

interface Parts {
  /** What stands between the outermost brackets, cut at their commas. */
  readonly inside: readonly (readonly string[])[];
  readonly behind: readonly string[];
}

function partsOf(sql: string): Parts {
  const tokens = tokensOf(sql);
  const inside: string[][] = [[]];
  let depth = 0;
  for (let place = tokens.indexOf('('); place >= 0 && place < tokens.length; place++) {
    const token = tokens[place] ?? '';
    if (token === '(') depth++;
    if (token === ')') depth--;
    if (depth === 0) return { inside, behind: tokens.slice(place + 1) };
    if (token === ',' && depth === 1) inside.push([]);
    else if (token !== '(' || depth > 1) inside.at(-1)?.push(token);
  }
  return { inside, behind: [] };
}

const wordsIn = (part: readonly string[]) => part.slice(part.findIndex((token) => token !== ' '));

/** What follows the name of each column in a CREATE TABLE statement, by name. */
export function columnDefinitions(createTable: string): Map<string, string> {
  const definitions = new Map<string, string>();
  for (const part of partsOf(createTable).inside) {
    const [name, ...rest] = wordsIn(part);
    if (name === undefined || TABLE_CONSTRAINT.test(name)) continue;
    definitions.set(unquoted(name), textOf(rest));
  }
  return definitions;
}

/** Whether a CREATE TABLE statement says something of the whole table: a constraint, or an option such as STRICT. */
export function constrainsTable(createTable: string): boolean {
  const { inside, behind } = partsOf(createTable);
  return textOf(behind) !== '' || inside.some((part) => TABLE_CONSTRAINT.test(wordsIn(part)[0] ?? ''));
}

/** The condition of a CREATE INDEX statement; empty where it has none. */
export function conditionOf(createIndex: string): string {
  const { behind } = partsOf(createIndex);
  return textOf(behind.slice(behind.findIndex((token) => /^WHERE$/i.test(token)) + 1));
}

/** Words of the definition outside quotes. */
function wordsOf(definition: string): string {
  return (definition.match(TOKEN) ?? [])
    .filter((token) => /^\w/.test(token))
    .join(' ')
    .toUpperCase();
}

const SAYS_MORE = /\b(CHECK|COLLATE|GENERATED|AS|UNIQUE|AUTOINCREMENT|CONSTRAINT|CONFLICT|MATCH|UPDATE)\b/;

/** Whether type, NOT NULL, DEFAULT, primary key and a foreign key as deployments make it do not say all. */
export function saysMore(definition: string): boolean {
  const words = wordsOf(definition);
  if (SAYS_MORE.test(words)) return true;
  return /\bREFERENCES\b/.test(words) && !/\bDEFERRABLE INITIALLY DEFERRED$/.test(words);
}
