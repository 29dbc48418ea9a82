import type { DataRecord } from '@objectstack/spec/contracts';
import type { JsonValue } from '@objectstack/spec/shared';
import { assertFitting } from './assert-fitting.js';
import { memoryError } from './memory-error.js';
import { type MemoryStore, withRecord, withTable } from './memory-store.js';
import type { MemoryField, MemoryTable } from './memory-table.js';
import { storedValue } from './stored-value.js';

/** Fields whose removal, type or settings would lose values or weaken what is enforced for every writer. */
function weakenedFields(known: MemoryTable, wanted: MemoryTable): string[] {
  const isWeaker = ({ name, field, storage, ignoresCase }: MemoryField): boolean => {
    const next = wanted.fields.get(name);
    if (!next) return true;
    const isLost = storage.column !== null && next.storage.column === null;
    const mayBeNull = field.storage?.notNull === true && next.field.storage?.notNull !== true;
    return isLost || mayBeNull || (ignoresCase && !next.ignoresCase);
  };
  return [...known.fields.values()].filter(isWeaker).map(({ name }) => name);
}

/** Throws `destructive_not_allowed` if the new definition removes a field, a unique rule or a lookup, or weakens one. */
function assertAdditive(known: MemoryTable, wanted: MemoryTable): void {
  const keyOf = ({ fields }: MemoryTable['uniqueKeys'][number]) => fields.join();
  const kept = new Set(wanted.uniqueKeys.map(keyOf));
  const lookups = new Set(wanted.references.map(({ field }) => field));
  const changes = [
    ...weakenedFields(known, wanted),
    ...known.uniqueKeys.map(keyOf).filter((key) => !kept.has(key)),
    ...known.references.map(({ field }) => field).filter((field) => !lookups.has(field)),
  ];
  if (changes.length > 0) throw memoryError('destructive_not_allowed', { changes: [...new Set(changes)] });
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
