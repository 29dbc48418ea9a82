import type { DataRecord, ValueRow } from '@objectstack/spec/contracts';
import type { AggregationNode, QueryInput } from '@objectstack/spec/data';
import type { JsonValue } from '@objectstack/spec/shared';
import { argumentOf, assertValues, keyNames, resultField } from './assert-values.js';
import { comparable, compareIn, compareValues } from './compare-values.js';
import { candidates } from './index-lookup.js';
import { matchFilter } from './match-filter.js';
import type { MemoryField, MemoryTable } from './memory-table.js';
import { orderedField, type ParsedQuery, parseMemoryQuery } from './parse-memory-query.js';

/** A value of a row, computed from the records of its group. */
interface ValueColumn {
  readonly field: MemoryField;
  readonly compute: (records: readonly DataRecord[]) => JsonValue;
}

const sum = (values: readonly JsonValue[]) =>
  values.reduce<number>((total, value) => total + Number(value), 0);
const distinctOf = (values: readonly JsonValue[], field: MemoryField | null) => [
  ...new Map(
    values.map((value) => [JSON.stringify(field ? comparable(field, value) : value), value]),
  ).values(),
];

type Compare = (left: JsonValue, right: JsonValue) => number;

const FUNCTIONS: Record<AggregationNode['function'], (values: JsonValue[], compare: Compare) => JsonValue> = {
  count: (values) => values.length,
  count_distinct: (values) => values.length,
  sum: (values) => (values.length === 0 ? null : sum(values)),
  avg: (values) => (values.length === 0 ? null : sum(values) / values.length),
  min: (values, compare) => values.sort(compare)[0] ?? null,
  max: (values, compare) => values.sort(compare).at(-1) ?? null,
  array_agg: (values, compare) => values.sort((left, right) => compare(itemText(left), itemText(right))),
  string_agg: (values, compare) => (values.length === 0 ? null : values.sort(compare).join(',')),
};

/** Lists of JSON values are sorted by their JSON texts. */
const itemText = (value: JsonValue): JsonValue =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : value;

function aggregation(table: MemoryTable, node: AggregationNode, index: number): ValueColumn {
  const argument = argumentOf(table, node, index);
  const counts = node.filter === undefined ? () => true : matchFilter(table.fields, node.filter);
  return {
    field: resultField(node, argument),
    compute: (records) => {
      const all = records.filter(counts).map((record) => (argument ? (record[argument.name] ?? null) : true));
      const kept = node.function === 'array_agg' ? all : all.filter((value) => value !== null);
      const isDistinct = node.distinct || node.function === 'count_distinct';
      const compare: Compare = (left, right) => compareValues(left, right, argument ?? {});
      return FUNCTIONS[node.function](isDistinct ? distinctOf(kept, argument) : kept, compare);
    },
  };
}

function keysOf({ fields }: MemoryTable, parsed: ParsedQuery): MemoryField[] {
  const { names, path } = keyNames(parsed);
  return [...new Set(names.map((name, index) => orderedField(fields, name, `${path}/${index}`)))];
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
  const computed = aggregations.map((node, index) => aggregation(table, node, index));
  const grouped = keys.map(
    (field): ValueColumn => ({
      field,
      compute: (records) =>
        records
          .map((record) => record[field.name] ?? null)
          .sort((left, right) => compareValues(left, right, field))[0] ?? null,
    }),
  );
  return [...grouped, ...computed];
}

/** The rows of values that a query selects. */
export function selectValues(table: MemoryTable, query: QueryInput): ValueRow[] {
  const parsed = parseMemoryQuery(table, query);
  assertValues(table, query, parsed);
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
  return groupsOf(candidates(table, query.where).filter(matches), keys)
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
