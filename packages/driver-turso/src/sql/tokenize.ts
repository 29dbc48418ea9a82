/*
 * Cuts SQL into the tokens that SQLite's own tokenizer finds (sqlite3GetToken): quotes, comments and variables begin and
 * end where SQLite lets them, so that no text means one thing here and another in the database. Blanks and comments are
 * no tokens. Takes time in proportion to the length of the text, whatever the text is.
 */

type TokenKind =
  | 'word'
  | 'quoted'
  | 'string'
  | 'number'
  | 'blob'
  | 'variable'
  | 'punctuation'
  /** What SQLite does not take, such as a quote that is never closed. */
  | 'unknown';

export interface Token {
  readonly kind: TokenKind;
  /** As it is written. */
  readonly text: string;
  /** A bare word in lower case; empty for anything else, quoted names too. */
  readonly word: string;
  /** Whether a blank or a comment precedes it. */
  readonly isSpaced: boolean;
}

const BEYOND_ASCII = /[\u0080-\uffff]/;

/** A name as SQLite compares it: without regard to the case of ASCII letters, and of those alone. */
export const foldCase = (name: string): string =>
  BEYOND_ASCII.test(name) ? name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) : name.toLowerCase();

const SPACE = 1;
const NAME_START = 2;
const DIGIT = 4;
const NAME_PART = 8;
const BYTE_ORDER_MARK = 0xfeff;

const CLASSES = new Uint8Array(128);
for (const blank of ' \t\n\r\f') CLASSES[blank.charCodeAt(0)] = SPACE;
for (let code = 0; code < 128; code++) {
  const character = String.fromCharCode(code);
  if (/[A-Za-z_]/.test(character)) CLASSES[code] = NAME_START | NAME_PART;
  if (/[0-9]/.test(character)) CLASSES[code] = DIGIT | NAME_PART;
  if (character === '$') CLASSES[code] = NAME_PART;
}

/** Everything beyond ASCII is a letter to SQLite, blanks of Unicode too. */
const classAt = (sql: string, at: number): number => {
  const code = sql.charCodeAt(at);
  if (code < 128) return CLASSES[code] as number;
  return code >= 128 ? NAME_START | NAME_PART : 0;
};

const isA = (sql: string, at: number, kind: number) => (classAt(sql, at) & kind) !== 0;

function endOfName(sql: string, from: number): number {
  let at = from;
  while (isA(sql, at, NAME_PART)) at++;
  return at;
}

/** Behind the blanks and comments that begin at `from`. */
function endOfGap(sql: string, from: number): number {
  let at = from;
  for (;;) {
    const code = sql.charCodeAt(at);
    if (code === BYTE_ORDER_MARK || (code < 128 && CLASSES[code] === SPACE)) at++;
    else if (code === 0x2d && sql.charCodeAt(at + 1) === 0x2d) at = behind(sql, '\n', at + 2);
    else if (code === 0x2f && sql.charCodeAt(at + 1) === 0x2a && at + 2 < sql.length)
      at = behind(sql, '*/', at + 2);
    else return at;
  }
}

function behind(sql: string, text: string, from: number): number {
  const at = sql.indexOf(text, from);
  return at === -1 ? sql.length : at + text.length;
}

/** Behind the closing quote, or -1 where there is none; a doubled quote stands for itself. */
function endOfQuotes(sql: string, from: number, quote: string): number {
  for (let at = sql.indexOf(quote, from + 1); at !== -1; at = sql.indexOf(quote, at + 2))
    if (sql[at + 1] !== quote) return at + 1;
  return -1;
}

/** `$name`, also with `::` and with a suffix in parentheses, which may contain anything but blanks. */
function endOfVariable(sql: string, from: number): number {
  let at = from + 1;
  let letters = 0;
  for (; at < sql.length; at++) {
    if (isA(sql, at, NAME_PART)) letters++;
    else if (sql[at] === '(' && letters > 0) {
      do at++;
      while (at < sql.length && !isA(sql, at, SPACE) && sql[at] !== ')');
      return sql[at] === ')' ? at + 1 : -1;
    } else if (sql[at] === ':' && sql[at + 1] === ':') at++;
    else break;
  }
  return letters > 0 ? at : -1;
}

/** Letters that follow the digits belong to the token, which SQLite then refuses. */
function endOfNumber(sql: string, from: number): number {
  let at = endOfName(sql, from);
  if (sql[at] === '.') at = endOfName(sql, at + 1);
  if (/[eE]/.test(sql[at - 1] ?? '') && (sql[at] === '+' || sql[at] === '-') && isA(sql, at + 1, DIGIT))
    at = endOfName(sql, at + 1);
  return at;
}

const OPERATORS: ReadonlySet<string> = new Set(['||', '->', '<>', '!=', '<=', '>=', '==', '<<', '>>']);

function endOfPunctuation(sql: string, from: number): number {
  if (!'|-<>!='.includes(sql[from] as string) || !OPERATORS.has(sql.slice(from, from + 2))) return from + 1;
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
  if (isA(sql, at, NAME_START)) return /[xX]/.test(first) && sql[at + 1] === "'" ? 'blob' : 'word';
  if (isA(sql, at, DIGIT) || (first === '.' && isA(sql, at + 1, DIGIT))) return 'number';
  return BY_FIRST_CHARACTER[first] ?? 'punctuation';
}

/** Behind the token, or -1 for one that SQLite does not take. */
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
  while (isA(sql, end, DIGIT)) end++;
  return end;
}

/** By their text: few, and most of many a statement. */
const marks = new Map<string, Token>();
const spacedMarks = new Map<string, Token>();

function punctuation(text: string, isSpaced: boolean): Token {
  const known = isSpaced ? spacedMarks : marks;
  const token = known.get(text) ?? { kind: 'punctuation', text, word: '', isSpaced };
  known.set(text, token);
  return token;
}

/** The tokens of a text, in order; the first that SQLite does not take is the last one. */
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

/** What a token names or says: without its quotes. */
export function unquoted({ kind, text }: Token): string {
  if (kind !== 'quoted' && kind !== 'string') return text;
  const quote = text[0] as string;
  const inside = text.slice(1, -1);
  return quote === '[' ? inside : inside.replaceAll(quote + quote, quote);
}
