import { BUNDLE_LIMITS } from '@objectstack/spec/system';
import type { IssueLog } from './issue-log.js';

const LONE_SURROGATE = /\p{Surrogate}/u;

/** Ends the walk; the reason has been reported. */
class LimitReached extends Error {}

/**
 * A copy of the value that is plain JSON and nobody else's. What JSON cannot express is reported, whatever it is,
 * and every property is read once, so that a getter cannot answer differently later.
 */
export function copyPlainJson(value: unknown, issues: IssueLog): unknown {
  try {
    return new PlainJsonCopier(issues).copy(value);
  } catch (error) {
    if (error instanceof LimitReached) return undefined;
    throw error;
  }
}

class PlainJsonCopier {
  private readonly path: (string | number)[] = [];
  private readonly ancestors: unknown[] = [];
  private nodes = 0;
  private characters = 0;

  constructor(private readonly issues: IssueLog) {}

  copy(value: unknown): unknown {
    this.nodes += 1;
    if (this.nodes > BUNDLE_LIMITS.maxNodes) this.stop('has too many nodes');
    if (typeof value === 'string') return this.copyText(value);
    if (typeof value === 'number') return this.copyNumber(value);
    if (typeof value === 'boolean' || value === null) return value;
    if (typeof value === 'object') return this.copyContainer(value);
    return this.refuse(`is of type ${typeof value}`);
  }

  private copyText(text: string): string {
    this.characters += text.length;
    if (this.characters > BUNDLE_LIMITS.maxBytes) this.stop('is too long');
    if (LONE_SURROGATE.test(text)) this.refuse('has half of a surrogate pair');
    return text;
  }

  /** Zero has no sign: canonical JSON knows none. */
  private copyNumber(number: number): number {
    if (!Number.isFinite(number)) this.refuse('is not a finite number');
    return number === 0 ? 0 : number;
  }

  private copyContainer(container: object): unknown {
    if (this.ancestors.includes(container)) return this.refuse('contains itself');
    if (this.ancestors.length >= BUNDLE_LIMITS.maxDepth) return this.refuse('is nested too deeply');
    this.ancestors.push(container);
    const depth = this.path.length;
    try {
      return Array.isArray(container) ? this.copyList(container) : this.copyObject(container);
    } catch (error) {
      if (error instanceof LimitReached) throw error;
      return this.refuse('cannot be read');
    } finally {
      this.path.length = depth;
      this.ancestors.pop();
    }
  }

  private copyList(list: readonly unknown[]): unknown[] {
    const copy: unknown[] = [];
    for (let index = 0; index < list.length; index += 1) {
      this.path.push(index);
      copy.push(this.copy(list[index]));
      this.path.pop();
    }
    return copy;
  }

  private copyObject(object: object): unknown {
    if (!isPlain(object)) return this.refuse('is not a plain object');
    const copy: Record<string, unknown> = {};
    for (const key of Object.keys(object)) {
      this.path.push(key);
      if (key === '__proto__') this.refuseKey();
      else copy[this.copyText(key)] = this.copy((object as Record<string, unknown>)[key]);
      this.path.pop();
    }
    return copy;
  }

  private refuse(problem: string): undefined {
    this.issues.error(this.path, { code: 'not_json', message: `The value ${problem}.` });
    return undefined;
  }

  private refuseKey(): void {
    this.issues.error(this.path, { code: 'unsafe_key', message: 'The key __proto__ is not allowed.' });
  }

  private stop(problem: string): never {
    this.issues.error(this.path, { code: 'invalid_shape', message: `The bundle ${problem}.` });
    throw new LimitReached();
  }
}

/** Also true for a plain object of another realm. */
function isPlain(object: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(object);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
