import type { DataRecord } from '@objectstack/spec/contracts';
import type { JsonValue } from '@objectstack/spec/shared';
import { assertFitting } from './assert-fitting.js';
import { memoryError } from './memory-error.js';
import { type MemoryStore, withRecord, withTable } from './memory-store.js';
import type { MemoryField, MemoryTable } from './memory-table.js';
import { storedValue } from './stored-value.js';

/** Throws `destructive_not_allowed` if the new definition removes a field or a unique rule. */
function assertAdditive(known: MemoryTable, wanted: MemoryTable): void {
  const removed = [...known.fields.keys()].filter((name) => !wanted.fields.has(name));
  const keyOf = ({ fields }: MemoryTable['uniqueKeys'][number]) => fields.join();
  const kept = new Set(wanted.uniqueKeys.map(keyOf));
  const changes = [...removed, ...known.uniqueKeys.map(keyOf).filter((key) => !kept.has(key))];
  if (changes.length > 0) throw memoryError('destructive_not_allowed', { changes });
}

/** The value in a field of another type. Throws `conversion_failed` if the field cannot store it. */
function converted(object: string, field: MemoryField, value: JsonValue): JsonValue {
  const stored = storedValue(field, value);
  if (stored === undefined) throw memoryError('conversion_failed', { object, field: field.name });
  return stored;
}

/**
 * Deploys one object; only additions are made. Throws `invalid_request` if a field cannot store its default or backfill
 * value, and `conversion_failed`, `unique_violation` or `not_null_violation` if the records do not permit the change.
 */
export function withSchema(store: MemoryStore, wanted: MemoryTable): MemoryStore {
  const { name } = wanted.definition;
  const known = store.tables.get(name);
  assertFitting(wanted.definition, known?.definition);
  if (!known) return withTable(store, wanted);
  assertAdditive(known, wanted);
  return [...known.records.values()].reduce(
    (next, record) => {
      const values = wanted.stored.map((field) => {
        const value = record[field.name] ?? null;
        const isRetyped = known.fields.get(field.name)?.field.type !== field.field.type;
        return [field.name, isRetyped ? converted(name, field, value) : value];
      });
      return withRecord(next, name, Object.fromEntries(values) as DataRecord);
    },
    withTable(store, wanted),
  );
}
