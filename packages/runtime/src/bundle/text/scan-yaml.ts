import { type CST, Lexer, Parser } from 'yaml';
import { limitFailure, type TextLimits, textFailure } from './text-failure.js';
import type { TextLines } from './text-lines.js';

/*
 * The library keeps many times the size of a text in memory, and composes a document recursively. Scalars, collections
 * and the levels of brackets are counted lexeme by lexeme while the parser, which does not recurse, makes tokens of them;
 * the levels of the tokens are counted before a document is composed of them.
 */

interface YamlScan {
  readonly limits: TextLimits;
  readonly lines: TextLines;
}

/** Tokens of the only document of a YAML text. Throws `bundle_too_large`, or `invalid_bundle` for several documents. */
export function scanYaml(text: string, { limits, lines }: YamlScan): CST.Token[] {
  const tokens = parseTokens(text, limits);
  const [, second] = tokens.filter(({ type }) => type === 'document');
  if (second) {
    const message =
      'The text has several YAML documents. Keep one, and remove the line --- before the others.';
    throw textFailure({ code: 'not_yaml', message, place: lines.placeOf(second.offset) });
  }
  const directive = tokens.find(({ type }) => type === 'directive');
  if (directive) {
    const message = 'Directives such as %YAML are not supported. Remove the line.';
    throw textFailure({ code: 'not_yaml', message, place: lines.placeOf(directive.offset) });
  }
  for (const token of tokens) if (token.type === 'document') assertFewLevels(token, limits);
  return tokens;
}

/** Lexeme after which the text of a scalar follows. */
const SCALAR = '\u001f';
const QUOTES: ReadonlySet<string | undefined> = new Set(['"', "'"]);

/** Counts values and levels of a text lexeme by lexeme, and stops at the limits. */
class LexemeCounter {
  private scalars = 0;
  private collections = 0;
  private items = 0;
  private keys = 0;
  private depth = 0;
  /** Number of consecutive indicators, such as `- - -`: each begins a collection within the one before. */
  private inRow = 0;

  constructor(private readonly limits: TextLimits) {}

  count(lexeme: string): void {
    if (lexeme === '-' || lexeme === ':' || lexeme === '?') this.countIndicator(lexeme);
    else if (lexeme === '[' || lexeme === '{') this.open();
    else if (lexeme === ']' || lexeme === '}') this.depth = Math.max(0, this.depth - 1);
    else if (lexeme === SCALAR || QUOTES.has(lexeme[0])) this.countScalar();
    else if (lexeme.includes('\n')) this.inRow = 0;
    const values = Math.max(this.scalars + this.collections - this.keys, this.items, this.keys);
    if (values > this.limits.maxNodes) throw limitFailure(this.limits, 'maxNodes');
    if (Math.max(this.depth, this.inRow) > this.limits.maxDepth) throw limitFailure(this.limits, 'maxDepth');
  }

  private countIndicator(lexeme: string): void {
    this.inRow += 1;
    if (lexeme === '-') this.items += 1;
    if (lexeme === ':') this.keys += 1;
  }

  private open(): void {
    this.collections += 1;
    this.depth += 1;
  }

  private countScalar(): void {
    this.scalars += 1;
    this.inRow = 0;
  }
}

/** Parses while it counts, so that neither reads beyond a limit. */
function* parseLexemes(text: string, limits: TextLimits): Generator<CST.Token> {
  const counter = new LexemeCounter(limits);
  const parser = new Parser();
  let isScalar = false;
  for (const lexeme of new Lexer().lex(text)) {
    if (!isScalar) counter.count(lexeme);
    isScalar = lexeme === SCALAR;
    yield* parser.next(lexeme);
  }
  yield* parser.end();
}

function parseTokens(text: string, limits: TextLimits): CST.Token[] {
  try {
    return [...parseLexemes(text, limits)];
  } catch (error) {
    if (error instanceof RangeError) throw limitFailure(limits, 'maxDepth');
    throw error;
  }
}

function assertFewLevels(document: CST.Document, limits: TextLimits): void {
  const pending: [token: CST.Token | null | undefined, depth: number][] = [[document.value, 0]];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const [token, depth] = next;
    if (!token || !('items' in token)) continue;
    if (depth >= limits.maxDepth) throw limitFailure(limits, 'maxDepth');
    for (const { key, value } of token.items) pending.push([key, depth + 1], [value, depth + 1]);
  }
}
