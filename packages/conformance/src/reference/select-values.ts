import type { DataRecord, ValueRow } from '@objectstack/spec/contracts';
import { type AggregationNode, fieldValueModel, type QueryInput } from '@objectstack/spec/data';
import type { JsonValue } from '@objectstack/spec/shared';
import { comparable, compareIn, compareValues } from './compare-values.js';
import { matchFilter } from './match-filter.js';
import type { MemoryField, MemoryTable } from './memory-table.js';
import {
  invalidQuery,
  orderedField,
  type ParsedQuery,
  parseMemoryQuery,
  storedField,
} from './parse-memory-query.js';

/** A value of a row, computed from the records of its group. */
interface ValueColumn {
  readonly field: MemoryField;
  readonly compute: (records: readonly DataRecord[]) => JsonValue;
}

const ALIAS = /^[a-z][a-z0-9_]{0,62}$/i;
const NUMBER = fieldValueModel({ type: 'number' });
const LIST = fieldValueModel({ type: 'json' });

function assertFits(
  query: QueryInput,
  { aggregations, groupBy, distinct, fields, cursor, expand }: ParsedQuery,
) {
  const isGrouped = aggregations !== undefined || groupBy !== undefined;
  if (cursor) throw invalidQuery('/cursor');
  if (expand) throw invalidQuery('/expand');
  if (isGrouped && distinct) throw invalidQuery('/distinct');
  if (isGrouped ? fields : distinct && !fields) throw invalidQuery('/fields');
  if (!isGrouped && query.having !== undefined) throw invalidQuery('/having');
}

const sum = (values: readonly JsonValue[]) =>
  values.reduce<number>((total, value) => total + Number(value), 0);
const distinctOf = (values: readonly JsonValue[], field: MemoryField | null) => [
  ...new Map(
    values.map((value) => [JSON.stringify(field ? comparable(field, value) : value), value]),
  ).values(),
];

const FUNCTIONS: Record<AggregationNode['function'], (values: JsonValue[]) => JsonValue> = {
  count: (values) => values.length,
  count_distinct: (values) => values.length,
  sum: (values) => (values.length === 0 ? null : sum(values)),
  avg: (values) => (values.length === 0 ? null : sum(values) / values.length),
  min: (values) => values.sort(compareValues)[0] ?? null,
  max: (values) => values.sort(compareValues).at(-1) ?? null,
  array_agg: (values) => values.sort(compareItems),
  string_agg: (values) => (values.length === 0 ? null : values.sort(compareValues).join(',')),
};

/** Lists of JSON values are sorted by their JSON texts. */
function compareItems(left: JsonValue, right: JsonValue): number {
  const text = (value: JsonValue) =>
    typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
  return compareValues(text(left), text(right));
}

function argumentOf({ fields }: MemoryTable, node: AggregationNode, path: string): MemoryField | null {
  if (node.field === undefined) {
    if (node.function !== 'count' || node.distinct) throw invalidQuery(path);
    return null;
  }
  const needsOrder = node.function === 'min' || node.function === 'max';
  const field = (needsOrder ? orderedField : storedField)(fields, node.field, path);
  const needs = { sum: 'number', avg: 'number', string_agg: 'text' }[node.function as 'sum'];
  if (needs && field.storage.encoding !== needs) throw invalidQuery(path);
  return field;
}

function resultField(node: AggregationNode, argument: MemoryField | null): MemoryField {
  const { alias: name } = node;
  if ((node.function === 'min' || node.function === 'max') && argument) return { ...argument, name };
  return { ...(node.function.endsWith('_agg') ? LIST : NUMBER), name };
}

function aggregation(table: MemoryTable, node: AggregationNode, index: number): ValueColumn {
  const path = `/aggregations/${index}`;
  const argument = argumentOf(table, node, `${path}/field`);
  const counts =
    node.filter === undefined ? () => true : matchFilter(table.fields, node.filter, `${path}/filter`);
  return {
    field: resultField(node, argument),
    compute: (records) => {
      const all = records.filter(counts).map((record) => (argument ? (record[argument.name] ?? null) : true));
      const kept = node.function === 'array_agg' ? all : all.filter((value) => value !== null);
      const isDistinct = node.distinct || node.function === 'count_distinct';
      return FUNCTIONS[node.function](isDistinct ? distinctOf(kept, argument) : kept);
    },
  };
}

function keysOf({ fields: known }: MemoryTable, { groupBy, fields, distinct }: ParsedQuery): MemoryField[] {
  const [names, path] = distinct ? [fields, '/fields'] : [groupBy, '/groupBy'];
  const keys = (names ?? []).map((name, index) => orderedField(known, name, `${path}/${index}`));
  return [...new Set(keys)];
}

function groupsOf(records: readonly DataRecord[], keys: readonly MemoryField[]): DataRecord[][] {
  if (keys.length === 0) return [[...records]];
  const groups = new Map<string, DataRecord[]>();
  for (const record of records) {
    const key = JSON.stringify(keys.map((field) => comparable(field, record[field.name] ?? null)));
    groups.set(key, [...(groups.get(key) ?? []), record]);
  }
  return [...groups.values()];
}

function columnsOf(table: MemoryTable, keys: readonly MemoryField[], { aggregations = [] }: ParsedQuery) {
  const taken = new Set(keys.map(({ name }) => name));
  const computed = aggregations.map((node, index) => {
    const column = node.alias.toLowerCase();
    if (!ALIAS.test(node.alias) || taken.has(column)) throw invalidQuery(`/aggregations/${index}/alias`);
    taken.add(column);
    return aggregation(table, node, index);
  });
  const grouped = keys.map(
    (field): ValueColumn => ({
      field,
      compute: (records) =>
        records.map((record) => record[field.name] ?? null).sort(compareValues)[0] ?? null,
    }),
  );
  return [...grouped, ...computed];
}

/** The rows of values that a query selects. */
export function selectValues(table: MemoryTable, query: QueryInput): ValueRow[] {
  const parsed = parseMemoryQuery(table, query);
  assertFits(query, parsed);
  const keys = keysOf(table, parsed);
  const columns = columnsOf(table, keys, parsed);
  const rowFields = new Map(columns.map(({ field }) => [field.name, field]));
  const matches = query.where === undefined ? () => true : matchFilter(table.fields, query.where);
  const keeps = query.having === undefined ? () => true : matchFilter(rowFields, query.having, '/having');
  const asked = (parsed.orderBy ?? []).map(({ field, order }, index) => ({
    field: orderedField(rowFields, field, `/orderBy/${index}/field`),
    sign: order === 'asc' ? 1 : -1,
  }));
  const order = [...asked, ...keys.map((field) => ({ field, sign: 1 }))];
  const start = parsed.offset ?? 0;
  return groupsOf([...table.records.values()].filter(matches), keys)
    .map((records) => Object.fromEntries(columns.map(({ field, compute }) => [field.name, compute(records)])))
    .filter(keeps)
    .sort((left, right) => {
      for (const { field, sign } of order) {
        const difference = compareIn(field, left[field.name] ?? null, right[field.name] ?? null);
        if (difference !== 0) return sign * difference;
      }
      return 0;
    })
    .slice(start, start + (parsed.limit ?? parsed.top ?? Number.POSITIVE_INFINITY));
}
