import type { RecordData } from '@objectstack/spec/contracts';

/** A value that was given: `constructor` is a legal field name and must not find what every object inherits. */
export function ownValue(data: RecordData, name: string): unknown {
  return Object.hasOwn(data, name) ? data[name] : undefined;
}
