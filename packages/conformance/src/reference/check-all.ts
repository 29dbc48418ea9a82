import { ObjectStackError } from '@objectstack/spec/shared';

/** The mistakes of an input, by the error of the first one. */
const mistakes = new WeakMap<ObjectStackError, readonly ObjectStackError[]>();

/** Every mistake that a rejected call contains; a driver may report any of them. */
export function mistakesOf(error: unknown): readonly ObjectStackError[] {
  if (!ObjectStackError.isInstance(error)) return [];
  return mistakes.get(error) ?? [error];
}

/** Takes the steps and collects their errors. Any error that is not an `ObjectStackError` is thrown. */
export function collectMistakes(steps: Iterable<() => void>): ObjectStackError[] {
  const found: ObjectStackError[] = [];
  for (const step of steps) {
    try {
      step();
    } catch (error) {
      if (!ObjectStackError.isInstance(error)) throw error;
      found.push(...mistakesOf(error));
    }
  }
  return found;
}

/** Throws the first of the errors, which carries all of them. */
export function throwMistakes(found: readonly ObjectStackError[]): void {
  const [first] = found;
  if (!first) return;
  mistakes.set(first, found);
  throw first;
}

/** Takes every step, also after one failed, because no order of checks is prescribed. Throws if any step failed. */
export function checkAll<T>(steps: readonly (() => T)[]): T[] {
  const results: T[] = [];
  throwMistakes(collectMistakes(steps.map((step) => () => results.push(step()))));
  return results;
}
