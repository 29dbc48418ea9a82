import type { DriverOptions } from '../contracts/driver-call.js';
import type { CheckedRecord, StoredValue } from '../data/check-record.js';
import { rejection } from './rejection.js';

/**
 * Returns the checked values of a write. Throws `validation_failed` if they violate rules that apply to the write;
 * violations that are permitted to a system write are passed to `onViolation`.
 */
export function acceptRecord(
  object: string,
  { values, violations, permitted }: CheckedRecord,
  { onViolation }: Pick<DriverOptions, 'onViolation'>,
): ReadonlyMap<string, StoredValue> {
  if (violations.length > 0) throw rejection('validation_failed', { object, violations });
  for (const violation of permitted) onViolation?.(violation);
  return values;
}
