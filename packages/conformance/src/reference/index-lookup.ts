import type { DataRecord } from '@objectstack/spec/contracts';
import { isPlainObject, type JsonValue } from '@objectstack/spec/shared';
import { comparable } from './compare-values.js';
import type { MemoryTable } from './memory-table.js';
import { storedValue } from './stored-value.js';

type Entries = ReadonlyMap<JsonValue, readonly DataRecord[]>;

/** Indexes by the records they are on: a table is immutable, so that they are built once. */
const INDEXES = new WeakMap<MemoryTable['records'], Map<string, Entries>>();

function indexOn({ records, fields }: MemoryTable, name: string): Entries {
  const indexes = INDEXES.get(records) ?? new Map<string, Entries>();
  INDEXES.set(records, indexes);
  const known = indexes.get(name);
  if (known) return known;
  const entries = new Map<JsonValue, DataRecord[]>();
  const field = fields.get(name);
  for (const record of field ? records.values() : []) {
    const key = field ? comparable(field, record[name] ?? null) : null;
    const entry = entries.get(key);
    if (entry) entry.push(record);
    else entries.set(key, [record]);
  }
  indexes.set(name, entries);
  return entries;
}

/** The index that a filter can use, and the value to look up: equality on an indexed field. */
function lookupOf(table: MemoryTable, where: unknown): { name: string; value: JsonValue } | undefined {
  if (!isPlainObject(where)) return undefined;
  for (const name of table.indexed) {
    const field = table.fields.get(name);
    const wanted = Object.hasOwn(where, name) ? where[name] : undefined;
    const value = field && typeof wanted !== 'object' ? storedValue(field, wanted) : undefined;
    if (field && value !== undefined && value !== null && typeof value !== 'object')
      return { name, value: comparable(field, value) };
  }
  return undefined;
}

/** Records that may match the filter: those of an index entry, or all of them. */
export function candidates(table: MemoryTable, where: unknown): readonly DataRecord[] {
  const lookup = lookupOf(table, where);
  return lookup ? (indexOn(table, lookup.name).get(lookup.value) ?? []) : [...table.records.values()];
}

/** How {@link candidates} finds the records. */
export function describeLookup(table: MemoryTable, where: unknown): string {
  const { name } = table.definition;
  const lookup = lookupOf(table, where);
  return lookup ? `SEARCH ${name} BY INDEX ON ${lookup.name}` : `SCAN ${name}`;
}
