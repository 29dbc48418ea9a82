import type { Steps } from '@objectstack/spec/shared';

/** Values that are written in one step. */
const STEP = 2_000;
/** Characters that one part has at least, except for the last one. */
const PART = 65_536;

/** An object or list that is being written: `at` is the place of the value that comes next. */
interface Frame {
  readonly value: object;
  /** Of an object, in order; null for a list. */
  readonly keys: readonly string[] | null;
  readonly length: number;
  at: number;
}

function frameOf(value: object): Frame {
  if (Array.isArray(value)) return { value, keys: null, length: value.length, at: 0 };
  const object = value as Record<string, unknown>;
  // As code units, which RFC 8785 asks for.
  const keys = Object.keys(object)
    .filter((key) => object[key] !== undefined)
    .sort();
  return { value, keys, length: keys.length, at: 0 };
}

/** Writes without recursion, so that it can pause wherever it is. */
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

/** RFC 8785 canonical JSON of a value that is known to be plain JSON, in parts that follow one another. */
export const canonicalJsonSteps = (value: unknown): Steps<string[]> => new CanonicalWriter().write(value);
