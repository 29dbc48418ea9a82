import type { DriverOptions, RecordViolation } from '@objectstack/spec/contracts';
import { ObjectStackError, throwIfAborted } from '@objectstack/spec/shared';
import { violationsText } from './explain-violations.js';
import type { WriteContext } from './write-context.js';

/** An item of the list, and the options of the call for it. */
export interface ItemPlace {
  index: number;
  readonly options: DriverOptions;
}

/** The place of the first item. Permitted violations tell the index that the place has when they are found. */
function firstPlace(options: DriverOptions): ItemPlace {
  const { onViolation } = options;
  const place: ItemPlace = {
    index: 0,
    options: onViolation
      ? { ...options, onViolation: (violation) => onViolation({ ...violation, index: place.index }) }
      : options,
  };
  return place;
}

/** Processes every item. Throws one `validation_failed` with all violations, each with the index of its item. */
export function encodeAll<I, T>(
  { model, options }: WriteContext,
  items: readonly I[],
  encode: (item: I, place: Readonly<ItemPlace>) => T,
): T[] {
  const violations: RecordViolation[] = [];
  const place = firstPlace(options);
  const encoded: T[] = [];
  for (const [index, item] of items.entries()) {
    throwIfAborted(options.signal);
    try {
      place.index = index;
      encoded.push(encode(item, place));
    } catch (error) {
      if (!ObjectStackError.isInstance(error) || error.code !== 'validation_failed') throw error;
      const found = Array.isArray(error.details.violations) ? error.details.violations : [];
      violations.push(...found.map((violation: RecordViolation) => ({ ...violation, index })));
    }
  }
  throwIfAborted(options.signal);
  if (violations.length === 0) return encoded;
  throw new ObjectStackError({
    code: 'validation_failed',
    message: `Some records violate rules of ${model.name} (${violationsText(violations)}).`,
    details: { object: model.name, violations },
  });
}
