const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const LITERALS: Readonly<Record<string, string>> = { t: 'true', f: 'false', n: 'null' };

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Tokenizer of a JSON text. */
export class JsonReader {
  private position = 0;

  constructor(private readonly text: string) {}

  /** Offset of the next character. */
  get offset(): number {
    return this.position;
  }

  isAtEnd(): boolean {
    return this.peek() === undefined;
  }

  /** The next character that is not whitespace. */
  peek(): string | undefined {
    while (isWhitespace(this.text.charCodeAt(this.position))) this.position += 1;
    return this.text[this.position];
  }

  /** Consumes the character if it is the next one. */
  take(character: string): boolean {
    const isNext = this.peek() === character;
    if (isNext) this.position += 1;
    return isNext;
  }

  /** The next number in its original notation; `undefined` if the next token is not a number. */
  readNumber(): string | undefined {
    this.peek();
    const start = this.position;
    return this.skip(NUMBER) ? this.text.slice(start, this.position) : undefined;
  }

  /** Consumes a string or literal. Returns `false`, without moving past the invalid character, if there is none. */
  readScalar(): boolean {
    const first = this.peek();
    if (first === '"') return this.readString();
    const literal = LITERALS[first ?? ''];
    if (literal === undefined) return false;
    if (!this.text.startsWith(literal, this.position)) return false;
    this.position += literal.length;
    return true;
  }

  /** The next string, unescaped; `undefined` if the next token is not a string. */
  readKey(): string | undefined {
    if (this.peek() !== '"') return undefined;
    const start = this.position;
    if (!this.readString()) return undefined;
    const quoted = this.text.slice(start, this.position);
    return quoted.includes('\\') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);
  }

  /** Line and column of the position, or of an earlier one; both start at 1. */
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
