import type { Steps } from '@objectstack/spec/shared';

/** Number of values that are serialized in one step. */
const STEP = 2_000;
/** Minimum number of characters of a part, except for the last part. */
const PART = 65_536;

/** Object or list that is being serialized. `at` is the index of the next value. */
interface Frame {
  readonly value: object;
  /** Keys of an object, sorted; `null` for a list. */
  readonly keys: readonly string[] | null;
  readonly length: number;
  at: number;
}

function frameOf(value: object): Frame {
  if (Array.isArray(value)) return { value, keys: null, length: value.length, at: 0 };
  const object = value as Record<string, unknown>;
  // Sorted by UTF-16 code units, as RFC 8785 requires.
  const keys = Object.keys(object)
    .filter((key) => object[key] !== undefined)
    .sort();
  return { value, keys, length: keys.length, at: 0 };
}

/** Serializes without recursion, so that it can yield at any depth. */
class CanonicalWriter {
  private readonly frames: Frame[] = [];
  private readonly parts: string[] = [];
  private text = '';

  *write(value: unknown): Steps<string[]> {
    this.begin(value);
    for (let frame = this.frames.at(-1), count = 1; frame; frame = this.frames.at(-1), count += 1) {
      if (frame.at === frame.length) this.end(frame);
      else this.writeNext(frame);
      if (this.text.length >= PART) this.endPart();
      if (count % STEP === 0) yield;
    }
    this.endPart();
    return this.parts;
  }

  private writeNext(frame: Frame): void {
    const key = frame.keys?.[frame.at] ?? frame.at;
    if (frame.at > 0) this.text += ',';
    frame.at += 1;
    if (typeof key === 'string') this.text += `${JSON.stringify(key)}:`;
    this.begin((frame.value as Record<string | number, unknown>)[key]);
  }

  private begin(value: unknown): void {
    if (typeof value !== 'object' || value === null) {
      this.text += JSON.stringify(value ?? null);
      return;
    }
    const frame = frameOf(value);
    this.text += frame.keys ? '{' : '[';
    this.frames.push(frame);
  }

  private end({ keys }: Frame): void {
    this.text += keys ? '}' : ']';
    this.frames.pop();
  }

  private endPart(): void {
    this.parts.push(this.text);
    this.text = '';
  }
}

/** Serializes a value that is known to be plain JSON as RFC 8785 canonical JSON, in consecutive parts. */
export const canonicalJsonSteps = (value: unknown): Steps<string[]> => new CanonicalWriter().write(value);
