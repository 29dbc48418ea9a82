import type { DataRecord, DriverOptions } from '@objectstack/spec/contracts';
import { collectMistakes, throwMistakes } from './check-all.js';
import { memoryError } from './memory-error.js';
import { assertLookups, type MemoryStore, tableOf } from './memory-store.js';
import type { Written } from './write-record.js';

/** The options of a call for one of its items: permitted violations are reported with its index. */
export function optionsAt(options: DriverOptions, index: number): DriverOptions {
  const { onViolation } = options;
  if (!onViolation) return options;
  return { ...options, onViolation: (violation) => onViolation({ ...violation, index }) };
}

/** Writes many records, all or none. Validation errors of all items are reported together, each with its index. */
export function writeAll<I>(
  { store, object, items }: { store: MemoryStore; object: string; items: readonly I[] },
  write: (store: MemoryStore, item: I, index: number) => Written,
): { store: MemoryStore; records: DataRecord[] } {
  const records: DataRecord[] = [];
  let next = store;
  const found = items.flatMap((item, index) =>
    collectMistakes([
      () => {
        const written = write(next, item, index);
        next = written.store;
        records.push(written.record);
      },
    ]).map(({ code, details }) => ({ code, details, index })),
  );
  // Lookups are checked after all items: whether they refer to a missing record is known now.
  const table = tableOf(next, object);
  const dangling =
    found.length === 0 ? [] : records.map((record) => () => assertLookups(next, table, record));
  const violations = found.flatMap(({ code, details, index }) =>
    code === 'validation_failed' ? (details.violations ?? []).map((one) => ({ ...one, index })) : [],
  );
  const others = found.filter(({ code }) => code !== 'validation_failed');
  throwMistakes([
    ...(violations.length > 0 ? [memoryError('validation_failed', { object, violations })] : []),
    ...others.map(({ code, details, index }) => memoryError(code, withIndex(code, details, index))),
    ...collectMistakes(dangling),
  ]);
  return { store: next, records };
}

/** Facts of an error of one item. The path of a wrong argument contains the index already. */
const withIndex = (code: string, details: object, index: number) =>
  code === 'invalid_request' ? { ...details } : { ...details, index };
