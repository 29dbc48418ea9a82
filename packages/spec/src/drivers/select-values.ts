import type { ValueRow } from '../contracts/driver-call.js';
import type { StoredValue } from '../data/check-record.js';
import { decodeValue } from '../data/decode-value.js';
import type { DriverCapabilities } from '../data/driver.zod.js';
import { type FieldValueModel, foldCase } from '../data/field-value.js';
import { compareStored } from './compare-stored.js';
import type { ObjectModel, StoredRow } from './object-model.js';
import type { ParsedAggregation, ParsedQuery } from './parse-query.js';
import { rowFilter } from './row-filter.js';
import { rowComparer } from './row-order.js';
import { pageOf } from './select-rows.js';
import { type ValueColumns, valueColumns } from './value-columns.js';

const comparable = (model: FieldValueModel | undefined, value: StoredValue) =>
  model?.ignoresCase && typeof value === 'string' ? foldCase(value) : value;

/** Exact order of the values of a field, also of those that differ only in case. */
const BYTES = { ignoresCase: false };
const sorted = (values: readonly StoredValue[]) =>
  values.toSorted((left, right) => compareStored(BYTES, left, right));

const total = (values: readonly StoredValue[]) =>
  values.reduce<number>((sum, value) => sum + Number(value), 0);

/** The result of a function; JSON is compared as its text, as it is stored. */
function resultOf(
  { function: name, distinct }: ParsedAggregation,
  argument: FieldValueModel | undefined,
  all: readonly StoredValue[],
): StoredValue {
  const isDistinct = distinct || name === 'count_distinct';
  const once = isDistinct
    ? [...new Map(all.map((value) => [comparable(argument, value), value])).values()]
    : all;
  const values = sorted(once.filter((value) => value !== null));
  if (name === 'array_agg')
    return JSON.stringify(sorted(once).map((value) => argument && decodeValue(argument.storage, value)));
  if (name === 'count' || name === 'count_distinct') return values.length;
  if (values.length === 0) return null;
  if (name === 'string_agg') return JSON.stringify(values.join(','));
  if (name === 'sum') return total(values);
  if (name === 'avg') return total(values) / values.length;
  return values.at(name === 'min' ? 0 : -1) ?? null;
}

/** The rows of each group: those with equal values of the keys. Without keys, all rows are one group. */
function groupsOf(
  { keys, fields }: ValueColumns,
  rows: readonly StoredRow[],
  { groupBy, distinct }: ParsedQuery,
): StoredRow[][] {
  if (!groupBy && !distinct) return [[...rows]];
  const groups = new Map<string, StoredRow[]>();
  for (const row of rows) {
    const key = JSON.stringify(keys.map((name) => comparable(fields.get(name), row[name] ?? null)));
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()];
}

/** The values of a group, encoded: the first of those that are equal, and the results of the aggregations. */
function valuesOf(model: ObjectModel, { keys }: ValueColumns, { aggregations = [] }: ParsedQuery) {
  const nodes = aggregations.map((node) => ({
    node,
    matches: node.filter === undefined ? () => true : rowFilter(model.fields, node.filter),
    argument: node.field === undefined ? undefined : model.stored.get(node.field),
  }));
  return (group: readonly StoredRow[]): StoredRow => {
    const firsts = keys.map(
      (name) => [name, sorted(group.map((row) => row[name] ?? null))[0] ?? null] as const,
    );
    const results = nodes.map(({ node, matches, argument }) => {
      const values = group.filter(matches).map((row) => (argument ? (row[node.field ?? ''] ?? null) : 1));
      return [node.alias, resultOf(node, argument, values)] as const;
    });
    return Object.fromEntries([...firsts, ...results]);
  };
}

/**
 * Returns the rows of values that a parsed query selects, for drivers that have the matching rows in memory: one for each group, or
 * the distinct ones. They are sorted by `orderBy`, then by the keys of the groups in the order of the query, ascending.
 */
export function selectValues(
  model: ObjectModel,
  rows: Iterable<StoredRow>,
  { query, supports }: { query: ParsedQuery; supports: DriverCapabilities },
): ValueRow[] {
  const columns = valueColumns(model, query, supports);
  const { fields, keys } = columns;
  const matches = query.where === undefined ? () => true : rowFilter(model.fields, query.where);
  const having = query.having === undefined ? () => true : rowFilter(fields, query.having);
  const order = [...(query.orderBy ?? []), ...keys.map((field) => ({ field, order: 'asc' as const }))];
  const found = groupsOf(columns, [...rows].filter(matches), query)
    .map(valuesOf(model, columns, query))
    .filter(having)
    .toSorted(rowComparer(fields, order));
  return pageOf(found, query).map((row) =>
    Object.fromEntries(
      [...fields].map(([name, { storage }]) => [name, decodeValue(storage, row[name] ?? null)]),
    ),
  );
}
