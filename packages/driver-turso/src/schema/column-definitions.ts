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

/** The parts between the outermost brackets, cut at their commas; white space is one blank. */
function partsOf(sql: string): string[][] {
  const tokens = (sql.match(TOKEN) ?? []).map((token) =>
    /^\s/.test(token) || COMMENT.test(token) ? ' ' : token,
  );
  const parts: string[][] = [[]];
  let depth = 0;
  for (const token of tokens.slice(tokens.indexOf('('))) {
    if (token === '(') depth++;
    if (token === ')') depth--;
    if (depth === 0) break;
    if (token === ',' && depth === 1) parts.push([]);
    else if (token !== '(' || depth > 1) parts.at(-1)?.push(token);
  }
  return parts;
}

/** What follows the name of each column in a CREATE TABLE statement, by name. */
export function columnDefinitions(createTable: string): Map<string, string> {
  const definitions = new Map<string, string>();
  for (const part of partsOf(createTable)) {
    const [name, ...rest] = part.slice(part.findIndex((token) => token !== ' '));
    if (name === undefined || TABLE_CONSTRAINT.test(name)) continue;
    definitions.set(unquoted(name), rest.join('').replace(/ +/g, ' ').trim());
  }
  return definitions;
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
