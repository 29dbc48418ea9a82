import type { DataRecord, DriverOptions, RecordData, RecordViolation } from '@objectstack/spec/contracts';
import { defaultValueOf } from '@objectstack/spec/data';
import type { JsonValue } from '@objectstack/spec/shared';
import { v7 as uuidv7 } from 'uuid';
import { assertData, assertId, assertList } from './assert-arguments.js';
import { isAutonumber, withNumbers } from './assign-numbers.js';
import { checkAll, collectMistakes, throwMistakes } from './check-all.js';
import { compareIn } from './compare-values.js';
import { memoryError } from './memory-error.js';
import { assertLookups, assertUnique, type MemoryStore, tableOf, withRecord } from './memory-store.js';
import type { MemoryField, MemoryTable } from './memory-table.js';
import { isEmpty, RecordDraft, type Write } from './record-draft.js';
import { storedValue } from './stored-value.js';

/** The store after a write, and the written record. */
export interface Written {
  readonly store: MemoryStore;
  readonly record: DataRecord;
}

const own = (data: RecordData, name: string) => (Object.hasOwn(data, name) ? data[name] : undefined);

const mayWrite = (options: DriverOptions) => (field: MemoryField) =>
  options.system === true || !(field.field.readonly || isAutonumber(field));

/**
 * Runs checks of a record. If one fails, the violations of unique fields and lookups are mistakes too; otherwise they are
 * found when the record is stored.
 */
function assertRecord(
  { store, table, record }: { store: MemoryStore; table: MemoryTable; record: DataRecord },
  checks: () => void,
): void {
  const found = collectMistakes([checks]);
  if (found.length === 0) return;
  const stored = [() => assertUnique(table, record), () => assertLookups(store, table, record)];
  throwMistakes([...found, ...collectMistakes(stored)]);
}

/** Creates a record. */
export function createRecord(store: MemoryStore, write: Write): Written {
  const { object, data, options } = write;
  const table = tableOf(store, object);
  const now = new Date().toISOString();
  const draft = new RecordDraft(table, options);
  const maySet = mayWrite(options);
  draft.setGiven(write, (field) => field.name === 'id' || maySet(field));
  for (const field of table.stored) {
    const value =
      own(data, field.name) === undefined
        ? defaultValueOf(field.field, { now, actor: options.actor, ...table.evaluation })
        : undefined;
    if (value !== undefined) draft.set(field, value);
  }
  const { values } = draft;
  values.id ??= uuidv7();
  values.created_at ??= now;
  values.updated_at ??= now;
  for (const field of table.stored)
    if (field.field.required && !isAutonumber(field) && isEmpty(field, values[field.name]))
      draft.report(field.name, 'required');
  const recordOf = () =>
    Object.fromEntries(table.stored.map(({ name }) => [name, values[name] ?? null])) as DataRecord;
  assertRecord({ store, table, record: recordOf() }, () => {
    checkAll<unknown>([
      () => draft.finish(),
      () => {
        if (table.records.has(String(values.id)))
          throw memoryError('unique_violation', { object, fields: ['id'] });
      },
    ]);
  });
  const numbered = withNumbers(store, table, values, 'all');
  const record = recordOf();
  return { store: withRecord(numbered, object, record), record };
}

/** The values that an update sets. */
export function changesOf(table: MemoryTable, write: Write): Record<string, JsonValue> {
  return draftOfChanges(table, write).finish();
}

function draftOfChanges(table: MemoryTable, write: Write): RecordDraft {
  const { data, options } = write;
  const draft = new RecordDraft(table, options);
  const maySet = mayWrite(options);
  draft.setGiven(write, (field) => field.name !== 'id' && maySet(field));
  for (const [name, value] of Object.entries(data)) {
    const field = table.fields.get(name);
    if (field?.field.required && name !== 'id' && value !== undefined && isEmpty(field, value))
      draft.report(name, 'required');
  }
  draft.values.updated_at ??= new Date().toISOString();
  return draft;
}

/** Updates a record. */
export function updateRecord(store: MemoryStore, id: string, write: Write): Written {
  const { object, path = '' } = write;
  const table = tableOf(store, object);
  assertId(id, `${path}/id`);
  const draft = draftOfChanges(table, write);
  const changes = draft.values;
  const previous = table.records.get(id);
  const record = { ...previous, ...changes, id } as DataRecord;
  assertRecord({ store, table, record }, () => {
    checkAll<unknown>([
      () => draft.finish(),
      () => {
        if (!previous) throw memoryError('record_not_found', { object });
      },
    ]);
  });
  return { store: withRecord(withNumbers(store, table, changes, 'given'), object, record), record };
}

function keyValues(table: MemoryTable, data: RecordData, keys: readonly string[]): [string, JsonValue][] {
  const violations: RecordViolation[] = [];
  const values = keys.map((key): [string, JsonValue] => {
    const field = table.fields.get(key);
    const value = own(data, key);
    const stored = field && field.storage.comparand !== 'presence' ? storedValue(field, value) : undefined;
    if (!field) violations.push({ field: key, rule: 'unknown_field' });
    else if (value === undefined || value === null) violations.push({ field: key, rule: 'required' });
    else if (stored === undefined) violations.push({ field: key, rule: 'type' });
    return [key, stored ?? null];
  });
  if (violations.length > 0 || keys.length === 0)
    throw memoryError('validation_failed', { object: table.definition.name, violations });
  return values;
}

/** Updates the record with the key values, or creates one. */
export function upsertRecord(store: MemoryStore, keys: readonly string[], write: Write): Written {
  const table = tableOf(store, write.object);
  assertData(write.data);
  assertList(keys, '/conflictKeys');
  const values = keyValues(table, write.data, keys);
  const found = [...table.records.values()].filter((record) =>
    values.every(([key, value]) => {
      const field = table.fields.get(key);
      return field !== undefined && compareIn(field, record[key] ?? null, value) === 0;
    }),
  );
  if (found.length > 1) {
    const ambiguous = memoryError('unique_violation', { object: write.object, fields: [...keys] });
    throwMistakes([ambiguous, ...collectMistakes([() => changesOf(table, write)])]);
  }
  if (!found[0]) return createRecord(store, write);
  const kept = new Set([
    'id',
    'created_at',
    ...keys,
    ...table.stored.filter(isAutonumber).map(({ name }) => name),
  ]);
  const data = Object.fromEntries(Object.entries(write.data).filter(([name]) => !kept.has(name)));
  return updateRecord(store, found[0].id, { ...write, data });
}
