import type { RecordData } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';

/** A value that was given: `constructor` is a legal field name and must not find what every object inherits. */
export function ownValue(data: RecordData, name: string): unknown {
  return Object.hasOwn(data, name) ? data[name] : undefined;
}

/** Throws `invalid_request` for what is no map of values by field. */
export function assertRecordData(data: unknown): asserts data is RecordData {
  if (typeof data === 'object' && data !== null && !Array.isArray(data)) return;
  throw new ObjectStackError({
    code: 'invalid_request',
    message: 'The values of a record are an object by field name.',
  });
}
