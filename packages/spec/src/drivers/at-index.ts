import { ObjectStackError } from '../shared/object-stack-error.js';

/**
 * Runs the work on one item of a list. Its error tells the `index` of the item, as in `bulkUpdate`; that of `validation_failed`
 * in each violation.
 */
export function atIndex<T>(index: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!ObjectStackError.isInstance(error)) throw error;
    const { code, message, retryable, details } = error;
    const { violations } = details;
    const place = violations ? { violations: violations.map((one) => ({ ...one, index })) } : { index };
    throw new ObjectStackError({ code, message, retryable, details: { ...details, ...place } });
  }
}
