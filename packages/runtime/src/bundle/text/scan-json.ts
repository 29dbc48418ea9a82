import { JsonReader, jsonHint, toJsonPointer } from '@objectstack/spec/shared';
import type { DeployValidationCode } from '@objectstack/spec/system';
import { isExactNumber } from './is-exact-number.js';
import { limitFailure, type TextLimits, textFailure } from './text-failure.js';

/** Object or list that is being read. `step` is the key or index of the current value. */
type Frame = { readonly keys: Set<string>; step: string | null } | { readonly keys: null; step: number };

/**
 * Checks in one pass and without recursion that a text is JSON within the limits of depth, nodes and keys. Throws
 * `bundle_too_large`, or `invalid_bundle` with the path for syntax errors and for content that `JSON.parse` would
 * accept (duplicate keys, `__proto__`) or change (a number that a double cannot represent).
 */
export function scanJson(text: string, limits: TextLimits): void {
  new JsonScanner(text, limits).scan();
}

class JsonScanner {
  private readonly reader: JsonReader;
  private readonly frames: Frame[] = [];
  private nodes = 0;

  constructor(
    private readonly text: string,
    private readonly limits: TextLimits,
  ) {
    this.reader = new JsonReader(text);
  }

  scan(): void {
    do this.scanValue();
    while (this.moveToNextValue());
    if (!this.reader.isAtEnd()) this.failSyntax();
  }

  /** Reads a scalar, or descends to the first scalar or empty container. */
  private scanValue(): void {
    for (;;) {
      this.countNode();
      if (this.reader.take('{')) {
        this.enter({ keys: new Set(), step: null });
        if (this.reader.peek() === '}') return;
        this.scanKey();
      } else if (this.reader.take('[')) {
        this.enter({ keys: null, step: 0 });
        if (this.reader.peek() === ']') return;
      } else {
        this.scanScalar();
        return;
      }
    }
  }

  private scanScalar(): void {
    const number = this.reader.readNumber();
    if (number === undefined) {
      if (!this.reader.readScalar()) this.failSyntax();
    } else if (!isExactNumber(number)) {
      this.failNumber(number);
    }
  }

  /** Closes every container that ends here; returns `false` at the end of the document. */
  private moveToNextValue(): boolean {
    for (let frame = this.frames.at(-1); frame; frame = this.frames.at(-1)) {
      if (this.reader.take(frame.keys ? '}' : ']')) {
        this.frames.pop();
      } else if (this.reader.take(',')) {
        if (frame.keys === null) frame.step += 1;
        else this.scanKey();
        return true;
      } else {
        this.failSyntax();
      }
    }
    return false;
  }

  private scanKey(): void {
    const frame = this.frames.at(-1);
    this.reader.peek();
    const start = this.reader.offset;
    const key = this.reader.readKey();
    if (!frame?.keys || key === undefined) this.failSyntax();
    frame.step = key;
    if (!this.reader.take(':')) this.failSyntax();
    this.checkKey(key, frame.keys, start);
    frame.keys.add(key);
    if (frame.keys.size > this.limits.maxKeys) this.failLimit('maxKeys');
  }

  private checkKey(key: string, keys: ReadonlySet<string>, start: number): void {
    if (key === '__proto__') this.fail('unsafe_key', 'The key __proto__ is not allowed. Rename it.', start);
    const message = 'The key occurs twice in one object. Remove one of them.';
    if (keys.has(key)) this.fail('duplicate_name', message, start);
  }

  private enter(frame: Frame): void {
    if (this.frames.length >= this.limits.maxDepth) this.failLimit('maxDepth');
    this.frames.push(frame);
  }

  private countNode(): void {
    this.nodes += 1;
    if (this.nodes > this.limits.maxNodes) this.failLimit('maxNodes');
  }

  private failLimit(limit: keyof TextLimits): never {
    throw limitFailure(this.limits, limit, this.path());
  }

  private failSyntax(): never {
    const hint = jsonHint(this.text, this.reader.offset);
    this.fail('not_json', `The text is not JSON. ${hint}`);
  }

  private failNumber(number: string): never {
    const message = 'A double cannot represent the number exactly. Write it as a string, or round it.';
    this.fail('inexact_number', message, this.reader.offset - number.length);
  }

  private fail(code: DeployValidationCode, message: string, offset = this.reader.offset): never {
    const place = this.reader.place(this.reader.offset - offset);
    throw textFailure({ code, message, path: this.path(), place });
  }

  private path(): string {
    return toJsonPointer(this.frames.flatMap(({ step }) => step ?? []));
  }
}
