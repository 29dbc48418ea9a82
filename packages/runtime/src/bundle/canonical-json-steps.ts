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

const isScalar = (value: unknown) => typeof value !== 'object' || value === null;

/** Keys of this form are enumerated before all others, in another order. */
const STARTS_WITH_DIGIT = /^[0-9]/;

/** The object, or a copy of it, whose keys are enumerated in the order of the sorted keys; undefined if there is none. */
function inOrder(object: Readonly<Record<string, unknown>>, keys: readonly string[]): object | undefined {
  if (Object.keys(object).every((key, index) => key === keys[index])) return object;
  if (keys.some((key) => STARTS_WITH_DIGIT.test(key))) return undefined;
  return Object.fromEntries(keys.map((key) => [key, object[key]]));
}

/** The text of a list or object that contains neither; undefined for any other. Most values are in such ones. */
function flatText({ value, keys }: Frame): string | undefined {
  if (!keys) return (value as unknown[]).every(isScalar) ? JSON.stringify(value) : undefined;
  const object = value as Record<string, unknown>;
  for (const key of keys) if (!isScalar(object[key])) return undefined;
  return JSON.stringify(inOrder(object, keys));
}

/** Texts of the values that were passed to {@link reuseCanonicalText}; undefined until they are first serialized. */
const texts = new WeakMap<object, string | undefined>();

/** Serializes a frozen value once, however many values contain it. */
export function reuseCanonicalText(frozen: object): void {
  if (!texts.has(frozen)) texts.set(frozen, undefined);
}

function* reusedText(value: object): Steps<string> {
  const known = texts.get(value);
  if (known !== undefined) return known;
  const text = (yield* new CanonicalWriter().write(value)).join('');
  texts.set(value, text);
  return text;
}

const isReused = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && texts.has(value);

/** Serializes without recursion, so that it can yield at any depth. */
class CanonicalWriter {
  private readonly frames: Frame[] = [];
  private readonly parts: string[] = [];
  private text = '';
  /** Number of values of this step. */
  private written = 0;

  *write(value: unknown): Steps<string[]> {
    this.begin(value);
    for (let frame = this.frames.at(-1); frame; frame = this.frames.at(-1)) {
      if (frame.at === frame.length) this.end(frame);
      else {
        const next = this.next(frame);
        if (isReused(next)) this.text += yield* reusedText(next);
        else this.begin(next);
      }
      if (this.text.length >= PART) this.endPart();
      if (this.written < STEP) continue;
      this.written = 0;
      yield;
    }
    this.endPart();
    return this.parts;
  }

  /** Writes what precedes the next value of a frame, and returns the value. */
  private next(frame: Frame): unknown {
    const key = frame.keys?.[frame.at] ?? frame.at;
    if (frame.at > 0) this.text += ',';
    frame.at += 1;
    if (typeof key === 'string') this.text += `${JSON.stringify(key)}:`;
    return (frame.value as Record<string | number, unknown>)[key];
  }

  private begin(value: unknown): void {
    this.written += 1;
    if (typeof value !== 'object' || value === null) {
      this.text += JSON.stringify(value ?? null);
      return;
    }
    const frame = frameOf(value);
    const text = frame.length <= STEP ? flatText(frame) : undefined;
    if (text !== undefined) {
      this.written += frame.length;
      this.text += text;
      return;
    }
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
