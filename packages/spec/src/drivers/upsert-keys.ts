import type { RecordData, RecordViolation } from '../contracts/driver-call.js';
import type { StoredValue } from '../data/check-record.js';
import { encodeField } from '../data/encode-field.js';
import { assertListOf, assertRecordData } from './assert-arguments.js';
import { hasValues } from './is-same-value.js';
import type { ObjectModel, StoredRow } from './object-model.js';
import { rejection } from './rejection.js';

interface Key {
  readonly name: string;
  readonly value: NonNullable<StoredValue>;
}

function keyOf(
  { fields }: Pick<ObjectModel, 'fields'>,
  data: RecordData,
  name: string,
): Key | RecordViolation {
  const model = fields.get(name);
  if (!model) return { field: name, rule: 'unknown_field' };
  if (model.storage.column === null) return { field: name, rule: 'computed' };
  const given = Object.hasOwn(data, name) ? (data[name] ?? null) : null;
  if (given === null) return { field: name, rule: 'required' };
  const encoded = encodeField(model, given);
  if (model.storage.comparand === 'presence' || 'rule' in encoded || encoded.value === null)
    return { field: name, rule: 'type' };
  return { name, value: encoded.value };
}

/**
 * Returns the values of the conflict keys, by which an upsert finds an existing record, encoded for their columns.
 * Throws `validation_failed` if there are no keys, or if a value is missing or cannot be compared.
 */
export function upsertKeys(
  model: Pick<ObjectModel, 'name' | 'fields'>,
  data: RecordData,
  keys: readonly string[],
): Map<string, NonNullable<StoredValue>> {
  assertRecordData(data);
  assertListOf(keys, '/conflictKeys', () => undefined);
  const read = keys.map((key) => keyOf(model, data, String(key)));
  const violations = read.filter((key) => 'rule' in key);
  if (violations.length > 0 || keys.length === 0)
    throw rejection('validation_failed', { object: model.name, violations });
  return new Map(read.flatMap((key) => ('value' in key ? [[key.name, key.value] as const] : [])));
}

/**
 * Returns the changes that an upsert makes to an existing record. They do not include its keys, id, creation time and
 * autonumbers.
 */
export function upsertChanges(
  { stored }: Pick<ObjectModel, 'stored'>,
  data: RecordData,
  keys: readonly string[],
): RecordData {
  const isPreserved = (name: string) =>
    name === 'id' ||
    name === 'created_at' ||
    keys.includes(name) ||
    stored.get(name)?.field.type === 'autonumber';
  return Object.fromEntries(Object.entries(data).filter(([name]) => !isPreserved(name)));
}

/** An upsert: the values of the record, and the names of the fields by which it is found. */
export interface UpsertCall {
  readonly data: RecordData;
  readonly keys: readonly string[];
}

/**
 * Returns the row that an upsert changes, or undefined if the upsert creates a record, for drivers that have all rows
 * in memory. Throws like `upsertKeys`, and `unique_violation` if several rows have the values.
 */
export function upsertTarget(
  model: Pick<ObjectModel, 'name' | 'fields'>,
  rows: Iterable<StoredRow>,
  { data, keys }: UpsertCall,
): StoredRow | undefined {
  const values = upsertKeys(model, data, keys);
  const [row, ...others] = [...rows].filter((one) => hasValues(model, one, values));
  if (others.length > 0) throw rejection('unique_violation', { object: model.name, fields: [...keys] });
  return row;
}
