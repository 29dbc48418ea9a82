import type { RecordViolation } from '@objectstack/spec/contracts';
import { ObjectStackError, throwIfAborted } from '@objectstack/spec/shared';
import { violationsText } from './explain-violations.js';
import type { WriteContext } from './write-context.js';

/** Processes every item. Throws one `validation_failed` with all violations, each with the index of its item. */
export function encodeAll<I, T>(
  { model, options }: WriteContext,
  items: readonly I[],
  encode: (item: I, index: number) => T,
): T[] {
  const violations: RecordViolation[] = [];
  const encoded = items.flatMap((item, index) => {
    throwIfAborted(options.signal);
    try {
      return [encode(item, index)];
    } catch (error) {
      if (!ObjectStackError.isInstance(error) || error.code !== 'validation_failed') throw error;
      const found = Array.isArray(error.details.violations) ? error.details.violations : [];
      violations.push(...found.map((violation: RecordViolation) => ({ ...violation, index })));
      return [];
    }
  });
  throwIfAborted(options.signal);
  if (violations.length === 0) return encoded;
  throw new ObjectStackError({
    code: 'validation_failed',
    message: `Some records violate rules of ${model.name} (${violationsText(violations)}).`,
    details: { object: model.name, violations },
  });
}
