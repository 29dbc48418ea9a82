import type { RecordData } from '@objectstack/spec/contracts';

/** An own property: `constructor` is a legal field name and must not return an inherited property. */
export function ownValue(data: RecordData, name: string): unknown {
  return Object.hasOwn(data, name) ? data[name] : undefined;
}
