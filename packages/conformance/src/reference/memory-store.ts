import type { DataRecord } from '@objectstack/spec/contracts';
import type { DriverCapabilities } from '@objectstack/spec/data';
import { assertObjectName } from './assert-arguments.js';
import { memoryError } from './memory-error.js';
import type { MemoryTable } from './memory-table.js';

/** Complete content of a database. Immutable, so that a reference to an earlier store is a snapshot. */
export interface MemoryStore {
  readonly tables: ReadonlyMap<string, MemoryTable>;
  /** Last number of each autonumber field, by `object.field`. */
  readonly sequences: ReadonlyMap<string, number>;
  /** Difference between two numbers of an autonumber field. */
  readonly numberStep: number;
}

/** A store without objects. Without gapless autonumbers, every other number is left out. */
export const emptyStore = ({ gaplessAutonumbers }: DriverCapabilities): MemoryStore => ({
  tables: new Map(),
  sequences: new Map(),
  numberStep: gaplessAutonumbers ? 1 : 2,
});

export function tableOf({ tables }: MemoryStore, object: string): MemoryTable {
  assertObjectName(object);
  const table = tables.get(object);
  if (!table) throw memoryError('object_not_found', { object });
  return table;
}

export function withTable(store: MemoryStore, table: MemoryTable): MemoryStore {
  return { ...store, tables: new Map(store.tables).set(table.definition.name, table) };
}

export function withSequence(store: MemoryStore, name: string, value: number): MemoryStore {
  return { ...store, sequences: new Map(store.sequences).set(name, value) };
}

const foldAscii = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

function keyOf(
  record: DataRecord,
  { fields, caseSensitive, applies }: MemoryTable['uniqueKeys'][number],
): string | null {
  if (!applies(record)) return null;
  const values = fields.map((field) => record[field] ?? null);
  if (values.includes(null)) return null;
  const key = JSON.stringify(values);
  return caseSensitive ? key : foldAscii(key);
}

export function assertUnique(table: MemoryTable, record: DataRecord): void {
  for (const unique of table.uniqueKeys) {
    const key = keyOf(record, unique);
    if (key === null) continue;
    for (const other of table.records.values()) {
      if (other.id !== record.id && keyOf(other, unique) === key)
        throw memoryError('unique_violation', {
          object: table.definition.name,
          fields: [...unique.fields],
        });
    }
  }
}

function assertNotNull({ definition }: MemoryTable, record: DataRecord): void {
  for (const [field, { storage }] of Object.entries(definition.fields))
    if (storage?.notNull && (record[field] ?? null) === null)
      throw memoryError('not_null_violation', { object: definition.name, fields: [field] });
}

export function withRecord(store: MemoryStore, object: string, record: DataRecord): MemoryStore {
  const table = tableOf(store, object);
  assertNotNull(table, record);
  assertUnique(table, record);
  return withTable(store, { ...table, records: new Map(table.records).set(record.id, record) });
}

/** Removes a record and applies the delete behavior of the lookups that refer to it. */
export function withoutRecord(store: MemoryStore, object: string, id: string): MemoryStore {
  const table = tableOf(store, object);
  const records = new Map(table.records);
  if (!records.delete(id)) return store;
  let next = withTable(store, { ...table, records });
  for (const [name, referring] of store.tables) {
    for (const { field, target, onDelete } of referring.references) {
      if (target !== object) continue;
      const children = [...(next.tables.get(name)?.records.values() ?? [])].filter(
        (record) => record[field] === id,
      );
      if (children.length > 0 && onDelete === 'restrict')
        throw memoryError('foreign_key_violation', { object, referredBy: { object: name, field } });
      for (const child of children)
        next =
          onDelete === 'cascade'
            ? withoutRecord(next, name, child.id)
            : withRecord(next, name, { ...child, [field]: null });
    }
  }
  return next;
}

/** Throws `foreign_key_violation` if a lookup refers to a missing record. */
export function assertReferences({ tables }: MemoryStore): void {
  for (const [object, { records, references }] of tables) {
    for (const { field, target } of references) {
      const targets = tables.get(target);
      if (!targets) continue;
      for (const record of records.values()) {
        const id = record[field];
        if (typeof id === 'string' && !targets.records.has(id))
          throw memoryError('foreign_key_violation', { object, field });
      }
    }
  }
}

/** Throws `foreign_key_violation` if a lookup of the record refers to a missing record. */
export function assertLookups({ tables }: MemoryStore, table: MemoryTable, record: DataRecord): void {
  for (const { field, target } of table.references) {
    const [id, targets] = [record[field], tables.get(target)];
    if (typeof id === 'string' && id !== record.id && targets && !targets.records.has(id))
      throw memoryError('foreign_key_violation', { object: table.definition.name, field });
  }
}
