const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const LITERALS: Readonly<Record<string, string>> = { t: 'true', f: 'false', n: 'null' };

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Reads the tokens of a JSON text one after the other. */
export class JsonReader {
  private position = 0;

  constructor(private readonly text: string) {}

  isAtEnd(): boolean {
    return this.peek() === undefined;
  }

  /** The next character that is not whitespace. */
  peek(): string | undefined {
    while (isWhitespace(this.text.charCodeAt(this.position))) this.position += 1;
    return this.text[this.position];
  }

  /** Passes over the character if it is the next one. */
  take(character: string): boolean {
    const isNext = this.peek() === character;
    if (isNext) this.position += 1;
    return isNext;
  }

  /** The number that comes next, as it is written; undefined if there is none. */
  readNumber(): string | undefined {
    this.peek();
    const start = this.position;
    return this.skip(NUMBER) ? this.text.slice(start, this.position) : undefined;
  }

  /** Passes over a string or literal; false, without moving past the fault, if there is none. */
  readScalar(): boolean {
    const first = this.peek();
    if (first === '"') return this.readString();
    const literal = LITERALS[first ?? ''];
    if (literal === undefined) return false;
    if (!this.text.startsWith(literal, this.position)) return false;
    this.position += literal.length;
    return true;
  }

  /** The string that comes next, unescaped; undefined if there is none. */
  readKey(): string | undefined {
    if (this.peek() !== '"') return undefined;
    const start = this.position;
    if (!this.readString()) return undefined;
    const quoted = this.text.slice(start, this.position);
    return quoted.includes('\\') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);
  }

  /** Where the reader stands, or stood some characters before; both from 1. */
  place(back = 0): { line: number; column: number } {
    const before = this.text.slice(0, this.position - back).split('\n');
    return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
  }

  private readString(): boolean {
    this.position += 1;
    for (;;) {
      const code = this.text.charCodeAt(this.position);
      if (code === BACKSLASH) {
        if (!this.skip(ESCAPE)) return false;
      } else if (code >= 0x20) {
        this.position += 1;
        if (code === QUOTE) return true;
      } else {
        return false;
      }
    }
  }

  private skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.position;
    if (!pattern.test(this.text)) return false;
    this.position = pattern.lastIndex;
    return true;
  }
}

function isWhitespace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}
