import type { DataRecord } from '@objectstack/spec/contracts';
import { isReference, type QueryInput, referenceTarget } from '@objectstack/spec/data';
import { type JsonValue, toJsonPointer } from '@objectstack/spec/shared';
import { assertValues } from './assert-values.js';
import { checkAll } from './check-all.js';
import { compareIn } from './compare-values.js';
import { candidates } from './index-lookup.js';
import { matchFilter } from './match-filter.js';
import type { MemoryStore } from './memory-store.js';
import type { MemoryField, MemoryTable } from './memory-table.js';
import {
  invalidQuery,
  orderedField,
  type ParsedQuery,
  parseMemoryQuery,
  storedField,
  valuesKeys,
} from './parse-memory-query.js';
import { storedValue } from './stored-value.js';

const MOST_LEVELS = 5;
const INNER_KEYS = new Set(['object', 'fields', 'expand']);

/** Sort criteria, and the values after which the records start. */
interface Plan {
  readonly order: readonly Criterion[];
  readonly after: Values | undefined;
}

interface Criterion {
  readonly field: MemoryField;
  readonly sign: 1 | -1;
}

/** The requested sort criteria up to the id, which is always the last one. */
function orderOf({ fields }: MemoryTable, { orderBy = [] }: ParsedQuery): Criterion[] {
  const asked = [...orderBy, { field: 'id', order: 'asc' as const }];
  const criteria = new Map<string, Criterion>();
  const found = checkAll(
    asked.map(({ field: name, order }, index) => () => ({
      name,
      order,
      field: orderedField(fields, name, `/orderBy/${index}/field`),
    })),
  );
  for (const { name, order, field } of found) {
    if (!criteria.has(name) && !criteria.has('id'))
      criteria.set(name, { field, sign: order === 'asc' ? 1 : -1 });
  }
  return [...criteria.values()];
}

type Values = Readonly<Record<string, JsonValue>>;

function compareBy(order: readonly Criterion[], left: Values, right: Values): number {
  for (const { field, sign } of order) {
    const difference = compareIn(field, left[field.name] ?? null, right[field.name] ?? null);
    if (difference !== 0) return sign * difference;
  }
  return 0;
}

function cursorValues(order: readonly Criterion[], cursor: NonNullable<ParsedQuery['cursor']>): Values {
  const names = order.map(({ field }) => field.name);
  const values: Record<string, JsonValue> = {};
  checkAll([
    ...Object.keys(cursor).map((name) => () => {
      if (!names.includes(name)) throw invalidQuery(`/cursor${toJsonPointer([name])}`);
    }),
    ...order.map(({ field }) => () => {
      const value = storedValue(field, cursor[field.name]);
      if (value === undefined || !Object.hasOwn(cursor, field.name))
        throw invalidQuery(`/cursor/${field.name}`);
      values[field.name] = value;
    }),
  ]);
  return values;
}

function selectedNames(
  { stored, fields: known }: MemoryTable,
  { fields, expand }: ParsedQuery,
  path = '',
): string[] {
  const names =
    fields &&
    checkAll(fields.map((name, index) => () => storedField(known, name, `${path}/fields/${index}`).name));
  const asked = names && new Set(['id', ...names, ...Object.keys(expand ?? {})]);
  return stored.map(({ name }) => name).filter((name) => asked?.has(name) ?? true);
}

type Expand = NonNullable<QueryInput['expand']>;
type Follow = (record: DataRecord) => DataRecord;

interface Place {
  readonly store: MemoryStore;
  readonly path: string;
  readonly level: number;
}

function followLookup(
  table: MemoryTable,
  { name, inner }: { name: string; inner: QueryInput },
  place: Place,
): Follow {
  const field = storedField(table.fields, name, place.path);
  const target = place.store.tables.get(referenceTarget(field.field, table.definition.name) ?? '');
  if (!isReference(field.field) || !target || place.level > MOST_LEVELS) throw invalidQuery(place.path);
  const odd = Object.keys(inner).find((key) => !INNER_KEYS.has(key));
  if (odd) throw invalidQuery(`${place.path}/${odd}`);
  const parsed = parseMemoryQuery(target, inner, place.path);
  const names = selectedNames(target, parsed, place.path);
  const follow = followLookups(target, parsed.expand, { ...place, path: `${place.path}/expand` });
  const read = (id: JsonValue) => {
    const found = typeof id === 'string' ? target.records.get(id) : undefined;
    return found ? [follow(pick(found, names))] : [];
  };
  return (record) => {
    const value = record[name] ?? null;
    return { ...record, [name]: Array.isArray(value) ? value.flatMap(read) : (read(value)[0] ?? null) };
  };
}

/** Replaces lookups by the referenced records. Throws `invalid_query` before anything is read. */
function followLookups(table: MemoryTable, expand: Expand | undefined, place: Place): Follow {
  const lookups = checkAll(
    Object.entries(expand ?? {}).map(([name, inner]) => () => {
      const path = `${place.path}${toJsonPointer([name])}`;
      return followLookup(table, { name, inner: inner ?? {} }, { ...place, path, level: place.level + 1 });
    }),
  );
  return (record) => lookups.reduce((current, follow) => follow(current), record);
}

function pick(record: DataRecord, names: readonly string[]): DataRecord {
  return Object.fromEntries(names.map((name) => [name, structuredClone(record[name] ?? null)])) as DataRecord;
}

/** The records that a query selects. */
export function selectRecords(store: MemoryStore, table: MemoryTable, query: QueryInput): DataRecord[] {
  const parsed = parseMemoryQuery(table, query);
  const { limit, top, offset, cursor, expand } = parsed;
  const plan = (): Plan => {
    const order = orderOf(table, parsed);
    return { order, after: cursor && cursorValues(order, cursor) };
  };
  const forValues = valuesKeys(query);
  checkAll<unknown>([
    ...forValues.map((key) => () => {
      throw invalidQuery(`/${key}`);
    }),
    () => forValues.length === 0 || assertValues(table, query, parsed),
    () => {
      if (cursor && offset !== undefined) throw invalidQuery('/offset');
    },
    () => selectedNames(table, parsed),
    plan,
    () => query.where === undefined || matchFilter(table.fields, query.where),
    () => followLookups(table, expand, { store, path: '/expand', level: 0 }),
  ]);
  const names = selectedNames(table, parsed);
  const { order, after } = plan();
  const matches = query.where === undefined ? () => true : matchFilter(table.fields, query.where);
  const follow = followLookups(table, expand, { store, path: '/expand', level: 0 });
  const start = offset ?? 0;
  return candidates(table, query.where)
    .filter((record) => matches(record) && (!after || compareBy(order, record, after) > 0))
    .sort((left, right) => compareBy(order, left, right))
    .slice(start, start + (limit ?? top ?? Number.POSITIVE_INFINITY))
    .map((record) => follow(pick(record, names)));
}
