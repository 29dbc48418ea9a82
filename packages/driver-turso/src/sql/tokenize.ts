/*
 * Splits SQL into the same tokens as SQLite's own tokenizer (sqlite3GetToken): quotation marks, comments and variables
 * begin and end where they do in SQLite, so that a text has the same meaning here and in the database. White space and
 * comments are not tokens. The time is linear in the length of the text.
 */

type TokenKind =
  | 'word'
  | 'quoted'
  | 'string'
  | 'number'
  | 'blob'
  | 'variable'
  | 'punctuation'
  /** Not accepted by SQLite, such as a quotation mark that is not closed. */
  | 'unknown';

export interface Token {
  readonly kind: TokenKind;
  /** Source text. */
  readonly text: string;
  /** An unquoted word in lower case; empty for any other token, including quoted names. */
  readonly word: string;
  /** Whether white space or a comment precedes the token. */
  readonly isSpaced: boolean;
}

const NON_ASCII = /[\u0080-\uffff]/;

/** Lower case as SQLite uses it to compare names: only ASCII letters change. */
export const foldCase = (name: string): string =>
  NON_ASCII.test(name) ? name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) : name.toLowerCase();

const SPACE = 1;
const NAME_START = 2;
const DIGIT = 4;
const NAME_PART = 8;
const BYTE_ORDER_MARK = 0xfeff;
const VERTICAL_TAB = 0x0b;

const CLASSES = new Uint8Array(128);
for (const blank of ' \t\n\r\f') CLASSES[blank.charCodeAt(0)] = SPACE;
for (let code = 0; code < 128; code++) {
  const character = String.fromCharCode(code);
  if (/[A-Za-z_]/.test(character)) CLASSES[code] = NAME_START | NAME_PART;
  if (/[0-9]/.test(character)) CLASSES[code] = DIGIT | NAME_PART;
  if (character === '$') CLASSES[code] = NAME_PART;
}

/** SQLite treats every non-ASCII character as a letter, including Unicode white space. */
const classAt = (sql: string, at: number): number => {
  const code = sql.charCodeAt(at);
  if (code < 128) return CLASSES[code] as number;
  return code >= 128 ? NAME_START | NAME_PART : 0;
};

const hasClass = (sql: string, at: number, kind: number) => (classAt(sql, at) & kind) !== 0;

function endOfName(sql: string, from: number): number {
  let at = from;
  while (hasClass(sql, at, NAME_PART)) at++;
  return at;
}

/** Index after the white space and comments that begin at `from`. */
function endOfGap(sql: string, from: number): number {
  let at = from;
  for (;;) {
    const code = sql.charCodeAt(at);
    if (code === BYTE_ORDER_MARK) at++;
    else if (code < 128 && CLASSES[code] === SPACE) at = endOfSpace(sql, at + 1);
    else if (code === 0x2d && sql.charCodeAt(at + 1) === 0x2d) at = indexAfter(sql, '\n', at + 2);
    else if (code === 0x2f && sql.charCodeAt(at + 1) === 0x2a && at + 2 < sql.length)
      at = indexAfter(sql, '*/', at + 2);
    else return at;
  }
}

/** A vertical tab is white space after other white space, but no token can begin with it. */
function endOfSpace(sql: string, from: number): number {
  let at = from;
  while (hasClass(sql, at, SPACE) || sql.charCodeAt(at) === VERTICAL_TAB) at++;
  return at;
}

function indexAfter(sql: string, text: string, from: number): number {
  const at = sql.indexOf(text, from);
  return at === -1 ? sql.length : at + text.length;
}

/** Index after the closing quotation mark; -1 if there is none. A doubled quotation mark is an escaped one. */
function endOfQuotes(sql: string, from: number, quote: string): number {
  for (let at = sql.indexOf(quote, from + 1); at !== -1; at = sql.indexOf(quote, at + 2))
    if (sql[at + 1] !== quote) return at + 1;
  return -1;
}

/** Index after a `$name`, which may contain `::` and a suffix in parentheses without white space. */
function endOfVariable(sql: string, from: number): number {
  let at = from + 1;
  let letters = 0;
  for (; at < sql.length; at++) {
    if (hasClass(sql, at, NAME_PART)) letters++;
    else if (sql[at] === '(' && letters > 0) {
      do at++;
      while (at < sql.length && endOfSpace(sql, at) === at && sql[at] !== ')');
      return sql[at] === ')' ? at + 1 : -1;
    } else if (sql[at] === ':' && sql[at + 1] === ':') at++;
    else break;
  }
  return letters > 0 ? at : -1;
}

/** Letters that follow the digits belong to the token, which SQLite then rejects. */
function endOfNumber(sql: string, from: number): number {
  let at = endOfName(sql, from);
  if (sql[at] === '.') at = endOfName(sql, at + 1);
  if (/[eE]/.test(sql[at - 1] ?? '') && (sql[at] === '+' || sql[at] === '-') && hasClass(sql, at + 1, DIGIT))
    at = endOfName(sql, at + 1);
  return at;
}

const OPERATORS: ReadonlySet<string> = new Set(['||', '->', '<>', '!=', '<=', '>=', '==', '<<', '>>']);

const PUNCTUATION: ReadonlySet<string | undefined> = new Set('(),;.+-*/%&|~<>=');

function endOfPunctuation(sql: string, from: number): number {
  if (!PUNCTUATION.has(sql[from])) return sql.startsWith('!=', from) ? from + 2 : -1;
  if (!'|-<>='.includes(sql[from] as string) || !OPERATORS.has(sql.slice(from, from + 2))) return from + 1;
  return sql.startsWith('->>', from) ? from + 3 : from + 2;
}

const BY_FIRST_CHARACTER: Readonly<Record<string, TokenKind>> = {
  "'": 'string',
  '"': 'quoted',
  '`': 'quoted',
  '[': 'quoted',
  '?': 'variable',
  $: 'variable',
  '@': 'variable',
  ':': 'variable',
  '#': 'variable',
};

function kindAt(sql: string, at: number): TokenKind {
  const first = sql[at] as string;
  if (hasClass(sql, at, NAME_START)) return /[xX]/.test(first) && sql[at + 1] === "'" ? 'blob' : 'word';
  if (hasClass(sql, at, DIGIT) || (first === '.' && hasClass(sql, at + 1, DIGIT))) return 'number';
  return BY_FIRST_CHARACTER[first] ?? 'punctuation';
}

/** Index after the token; -1 for a token that SQLite does not accept. */
function endOfToken(kind: TokenKind, sql: string, at: number): number {
  const first = sql[at] as string;
  if (kind === 'word') return endOfName(sql, at);
  if (kind === 'number') return endOfNumber(sql, at);
  if (kind === 'blob') return sql.indexOf("'", at + 2) + 1 || -1;
  if (first === '[') return sql.indexOf(']', at) + 1 || -1;
  if (kind === 'quoted' || kind === 'string') return endOfQuotes(sql, at, first);
  if (kind === 'punctuation') return endOfPunctuation(sql, at);
  if (first !== '?') return endOfVariable(sql, at);
  let end = at + 1;
  while (hasClass(sql, end, DIGIT)) end++;
  return end;
}

/** Punctuation tokens by text: few are different, and they are most tokens of many statements. */
const marks = new Map<string, Token>();
const spacedMarks = new Map<string, Token>();

function punctuation(text: string, isSpaced: boolean): Token {
  const known = isSpaced ? spacedMarks : marks;
  const token = known.get(text) ?? { kind: 'punctuation', text, word: '', isSpaced };
  known.set(text, token);
  return token;
}

/** The tokens of a text in order, up to the first one that SQLite does not accept. */
export function tokenize(sql: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; ; ) {
    const start = endOfGap(sql, at);
    if (start >= sql.length) return tokens;
    const isSpaced = start > at;
    const kind = kindAt(sql, start);
    const end = endOfToken(kind, sql, start);
    if (end === -1) {
      tokens.push({ kind: 'unknown', text: sql.slice(start), word: '', isSpaced });
      return tokens;
    }
    const text = sql.slice(start, end);
    if (kind === 'punctuation') tokens.push(punctuation(text, isSpaced));
    else tokens.push({ kind, text, word: kind === 'word' ? foldCase(text) : '', isSpaced });
    at = end;
  }
}

/** The content of a token without its quotation marks. */
export function unquoted({ kind, text }: Token): string {
  if (kind !== 'quoted' && kind !== 'string') return text;
  const quote = text[0] as string;
  const inside = text.slice(1, -1);
  return quote === '[' ? inside : inside.replaceAll(quote + quote, quote);
}
