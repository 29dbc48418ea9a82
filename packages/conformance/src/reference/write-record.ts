import { randomUUID } from 'node:crypto';
import type { DataRecord, DriverOptions, RecordData, RecordViolation } from '@objectstack/spec/contracts';
import {
  autonumberFormatText,
  checkValue,
  defaultValueOf,
  encodeField,
  isAutonumberTokenField,
  parseAutonumberFormat,
  readAutonumber,
  renderAutonumber,
} from '@objectstack/spec/data';
import type { JsonValue } from '@objectstack/spec/shared';
import { assertData, assertId, assertList } from './assert-arguments.js';
import { compareIn } from './compare-values.js';
import { memoryError } from './memory-error.js';
import { type MemoryStore, tableOf, withRecord, withSequence } from './memory-store.js';
import type { MemoryField, MemoryTable } from './memory-table.js';
import { storedValue } from './stored-value.js';

/** The store after a write, and the written record. */
export interface Written {
  readonly store: MemoryStore;
  readonly record: DataRecord;
}

export interface Write {
  readonly object: string;
  readonly data: RecordData;
  readonly options: DriverOptions;
}

const LENIENT = new Set<RecordViolation['rule']>(['required', 'option']);
const isEmpty = ({ isList }: MemoryField, value: unknown) =>
  value === null ||
  value === undefined ||
  value === '' ||
  (isList && Array.isArray(value) && value.length === 0);
const own = (data: RecordData, name: string) => (Object.hasOwn(data, name) ? data[name] : undefined);
const isAutonumber = ({ field }: MemoryField) => field.type === 'autonumber';

/** Collects violated rules and the encoded values. */
class Draft {
  readonly values: Record<string, JsonValue> = {};
  readonly #violations: RecordViolation[] = [];

  constructor(
    readonly table: MemoryTable,
    readonly options: DriverOptions,
  ) {}

  report(field: string, rule: RecordViolation['rule']): void {
    this.#violations.push({ field, rule });
  }

  set(field: MemoryField, value: unknown): void {
    const encoded = encodeField(field, value);
    if ('rule' in encoded) {
      this.report(field.name, encoded.rule);
      return;
    }
    for (const rule of checkValue(field, value)) this.report(field.name, rule);
    this.values[field.name] = storedValue(field, value) ?? null;
  }

  setGiven(data: RecordData, settable: (field: MemoryField) => boolean): void {
    assertData(data);
    for (const [name, value] of Object.entries(data)) {
      const field = this.table.fields.get(name);
      if (value === undefined) continue;
      if (!field) this.report(name, 'unknown_field');
      else if (settable(field)) this.set(field, value);
      else this.report(name, 'readonly');
    }
  }

  finish(): Record<string, JsonValue> {
    const isAllowed = ({ field, rule }: RecordViolation) =>
      this.options.system === true && field !== 'id' && LENIENT.has(rule);
    const violations = this.#violations.filter((violation) => !isAllowed(violation));
    if (violations.length > 0)
      throw memoryError('validation_failed', { object: this.table.definition.name, violations });
    for (const violation of this.#violations) this.options.onViolation?.(violation);
    return this.values;
  }
}

const mayWrite = (options: DriverOptions) => (field: MemoryField) =>
  options.system === true || !(field.field.readonly || isAutonumber(field));

function formatOf({ fields }: MemoryTable, { field }: MemoryField) {
  const isTokenField = (name: string) => isAutonumberTokenField(fields.get(name)?.field);
  return parseAutonumberFormat(autonumberFormatText(field), isTokenField).format;
}

/** Assigns autonumbers; a given number advances the counter. */
function withNumbers(
  store: MemoryStore,
  table: MemoryTable,
  values: Record<string, JsonValue>,
  numberAll: 'all' | 'given',
) {
  let next = store;
  for (const field of table.stored.filter(isAutonumber)) {
    const format = formatOf(table, field);
    const sequence = (scope: string) => `${table.definition.name}.${field.name}:${scope}`;
    const given = values[field.name];
    if (typeof given === 'string') {
      const read = readAutonumber(format, given, values);
      const name = sequence(read?.scope ?? '');
      next = withSequence(next, name, Math.max(next.sequences.get(name) ?? 0, read?.number ?? 0));
    } else if (numberAll === 'all') {
      const { before, after, scope } = renderAutonumber(format, new Date().toISOString(), values);
      const number = (next.sequences.get(sequence(scope)) ?? 0) + 1;
      values[field.name] = `${before}${String(number).padStart(format.digits, '0')}${after}`;
      next = withSequence(next, sequence(scope), number);
    }
  }
  return next;
}

/** Creates a record. */
export function createRecord(store: MemoryStore, { object, data, options }: Write): Written {
  const table = tableOf(store, object);
  const now = new Date().toISOString();
  const draft = new Draft(table, options);
  const maySet = mayWrite(options);
  draft.setGiven(data, (field) => field.name === 'id' || maySet(field));
  for (const field of table.stored) {
    const value =
      own(data, field.name) === undefined
        ? defaultValueOf(field.field, { now, actor: options.actor })
        : undefined;
    if (value !== undefined) draft.set(field, value);
  }
  const { values } = draft;
  values.id ??= randomUUID();
  values.created_at ??= now;
  values.updated_at ??= now;
  for (const field of table.stored)
    if (field.field.required && !isAutonumber(field) && isEmpty(field, values[field.name]))
      draft.report(field.name, 'required');
  draft.finish();
  const numbered = withNumbers(store, table, values, 'all');
  if (table.records.has(String(values.id))) throw memoryError('unique_violation', { object, fields: ['id'] });
  const record = Object.fromEntries(
    table.stored.map(({ name }) => [name, values[name] ?? null]),
  ) as DataRecord;
  return { store: withRecord(numbered, object, record), record };
}

/** The values that an update sets. */
export function changesOf(
  table: MemoryTable,
  data: RecordData,
  options: DriverOptions,
): Record<string, JsonValue> {
  const draft = new Draft(table, options);
  const maySet = mayWrite(options);
  draft.setGiven(data, (field) => field.name !== 'id' && maySet(field));
  for (const [name, value] of Object.entries(data)) {
    const field = table.fields.get(name);
    if (field?.field.required && name !== 'id' && value !== undefined && isEmpty(field, value))
      draft.report(name, 'required');
  }
  draft.values.updated_at ??= new Date().toISOString();
  return draft.finish();
}

/** Updates a record. */
export function updateRecord(store: MemoryStore, id: string, { object, data, options }: Write): Written {
  const table = tableOf(store, object);
  assertId(id);
  const changes = changesOf(table, data, options);
  const previous = table.records.get(id);
  if (!previous) throw memoryError('record_not_found', { object });
  const record = { ...previous, ...changes } as DataRecord;
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
  assertList(keys);
  const values = keyValues(table, write.data, keys);
  const found = [...table.records.values()].filter((record) =>
    values.every(([key, value]) => {
      const field = table.fields.get(key);
      return field !== undefined && compareIn(field, record[key] ?? null, value) === 0;
    }),
  );
  if (found.length > 1) throw memoryError('unique_violation', { object: write.object, fields: [...keys] });
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

/**
 * Writes many records, all or none; an error contains the index of the item, and the violations of all items are
 * reported together.
 */
export function writeAll<I>(
  store: MemoryStore,
  items: readonly I[],
  write: (store: MemoryStore, item: I) => Written,
): { store: MemoryStore; records: DataRecord[] } {
  const violations: unknown[] = [];
  const records: DataRecord[] = [];
  let next = store;
  let failure: unknown;
  for (const [index, item] of items.entries()) {
    try {
      const written = write(next, item);
      next = written.store;
      records.push(written.record);
    } catch (error) {
      const { code, details } = error as { code?: string; details?: { violations?: object[] } };
      if (code === 'validation_failed')
        violations.push(...(details?.violations ?? []).map((one) => ({ ...one, index })));
      else failure ??= error;
    }
  }
  if (violations.length > 0) throw memoryError('validation_failed', { violations });
  if (failure) throw failure;
  return { store: next, records };
}
