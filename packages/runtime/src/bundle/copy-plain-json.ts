import { type JsonPath, runSteps, type Steps } from '@objectstack/spec/shared';
import { BUNDLE_LIMITS } from '@objectstack/spec/system';
import type { IssueLog } from './issue-log.js';

const LONE_SURROGATE = /\p{Surrogate}/u;
/** Number of values that are copied in one step. */
const STEP = 2_000;

/** Ends the traversal. The reason has been reported. */
class LimitReached extends Error {}

/**
 * Copies a value as plain JSON that shares nothing with it. Every value that JSON cannot express is reported. Each
 * property is read exactly once, so that a getter cannot return another value later.
 */
export const copyPlainJson = (value: unknown, issues: IssueLog): unknown =>
  runSteps(copyPlainJsonSteps(value, issues));

/** Like {@link copyPlainJson}, but yields between steps. */
export function* copyPlainJsonSteps(value: unknown, issues: IssueLog): Steps<unknown> {
  try {
    return yield* new PlainJsonCopier(issues).copy(value);
  } catch (error) {
    if (error instanceof LimitReached) return undefined;
    throw error;
  }
}

/** Object or list that is being copied. `at` is the index of the next value. */
interface Frame {
  readonly source: object;
  /** Keys of an object; `null` for a list. */
  readonly keys: readonly string[] | null;
  readonly length: number;
  readonly copy: Record<string | number, unknown>;
  at: number;
}

/** Traverses the value without recursion, so that it can yield at any depth. */
class PlainJsonCopier {
  private readonly frames: Frame[] = [];
  private nodes = 0;
  private characters = 0;

  constructor(private readonly issues: IssueLog) {}

  *copy(value: unknown): Steps<unknown> {
    const copy = this.begin(value);
    for (let frame = this.frames.at(-1), count = 1; frame; frame = this.frames.at(-1), count += 1) {
      if (frame.at === frame.length) this.frames.pop();
      else this.copyNext(frame);
      if (count % STEP === 0) yield;
    }
    return copy;
  }

  private copyNext(frame: Frame): void {
    const { keys, copy } = frame;
    const key = keys?.[frame.at] ?? frame.at;
    frame.at += 1;
    if (key === '__proto__') {
      this.refuseKey();
      return;
    }
    if (typeof key === 'string') this.copyText(key);
    const value = this.read(frame, key);
    if (value !== UNREADABLE) copy[key] = this.begin(value);
  }

  /** Returns a scalar, or the copy of a container, which is filled afterwards. */
  private begin(value: unknown): unknown {
    this.nodes += 1;
    if (this.nodes > BUNDLE_LIMITS.maxNodes) this.stop(`has more than ${BUNDLE_LIMITS.maxNodes} values`);
    if (typeof value === 'string') return this.copyText(value);
    if (typeof value === 'number') return this.copyNumber(value);
    if (typeof value === 'boolean' || value === null) return value;
    if (typeof value === 'object') return this.enter(value);
    return this.refuse(`is of type ${typeof value}`);
  }

  private copyText(text: string): string {
    this.characters += text.length;
    if (this.characters > BUNDLE_LIMITS.maxBytes)
      this.stop(`has more than ${BUNDLE_LIMITS.maxBytes} characters of text`);
    if (LONE_SURROGATE.test(text)) this.refuse('contains a lone surrogate');
    return text;
  }

  /** Converts negative zero to zero: canonical JSON has no signed zero. */
  private copyNumber(number: number): number {
    if (!Number.isFinite(number)) this.refuse('is not a finite number');
    return number === 0 ? 0 : number;
  }

  private enter(container: object): unknown {
    if (this.frames.some(({ source }) => source === container)) return this.refuse('contains itself');
    if (this.frames.length >= BUNDLE_LIMITS.maxDepth)
      return this.refuse(`is nested more than ${BUNDLE_LIMITS.maxDepth} levels deep`);
    const frame = frameOf(container);
    if (typeof frame === 'string') return this.refuse(frame);
    if (frame.keys && frame.length > BUNDLE_LIMITS.maxKeys)
      this.stop(`has more than ${BUNDLE_LIMITS.maxKeys} keys in one object`);
    this.frames.push(frame);
    return frame.copy;
  }

  /** Stops copying a container when one of its values cannot be read. */
  private read({ source }: Frame, key: string | number): unknown {
    try {
      return (source as Record<string | number, unknown>)[key];
    } catch {
      this.refuse('cannot be read');
      this.frames.pop();
      return UNREADABLE;
    }
  }

  /** Path of the current value. */
  private path(): JsonPath {
    return this.frames.map(({ keys, at }) => keys?.[at - 1] ?? at - 1);
  }

  private refuse(problem: string): undefined {
    this.issues.error(this.path(), { code: 'not_json', message: `The value ${problem}.` });
    return undefined;
  }

  private refuseKey(): void {
    this.issues.error(this.path(), { code: 'unsafe_key', message: 'The key __proto__ is not allowed.' });
  }

  private stop(problem: string): never {
    this.issues.error(this.path(), { code: 'invalid_shape', message: `The bundle ${problem}.` });
    throw new LimitReached();
  }
}

const UNREADABLE = Symbol('unreadable');

/** A frame for the container, or the reason why it cannot be copied. */
function frameOf(source: object): Frame | string {
  try {
    if (Array.isArray(source)) return { source, keys: null, length: source.length, copy: [] as never, at: 0 };
    if (!isPlain(source)) return 'is not a plain object';
    const keys = Object.keys(source);
    return { source, keys, length: keys.length, copy: {}, at: 0 };
  } catch {
    return 'cannot be read';
  }
}

/** Also true for a plain object of another realm. */
function isPlain(object: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(object);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
