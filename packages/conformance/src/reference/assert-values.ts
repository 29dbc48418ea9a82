import { type AggregationNode, fieldValueModel, type QueryInput } from '@objectstack/spec/data';
import { checkAll } from './check-all.js';
import { matchFilter } from './match-filter.js';
import type { MemoryField, MemoryTable } from './memory-table.js';
import { invalidQuery, orderedField, type ParsedQuery, storedField } from './parse-memory-query.js';

const ALIAS = /^[a-z][a-z0-9_]{0,62}$/i;
const NUMBER = fieldValueModel({ type: 'number' });
const LIST = fieldValueModel({ type: 'json' });

const isGrouped = ({ aggregations, groupBy }: Pick<ParsedQuery, 'aggregations' | 'groupBy'>) =>
  aggregations !== undefined || groupBy !== undefined;

/** Keys that cannot be combined. */
function assertFits(
  query: QueryInput,
  { aggregations, groupBy, distinct, fields, cursor, expand }: ParsedQuery,
): void {
  const grouped = isGrouped({ aggregations, groupBy });
  const refuseIf = (condition: boolean, path: string) => () => {
    if (condition) throw invalidQuery(path);
  };
  checkAll([
    refuseIf(cursor !== undefined, '/cursor'),
    refuseIf(expand !== undefined, '/expand'),
    refuseIf(grouped && distinct === true, '/distinct'),
    refuseIf(grouped ? fields !== undefined : distinct === true && !fields, '/fields'),
    refuseIf(!grouped && query.having !== undefined, '/having'),
  ]);
}

/** The aggregated field. Throws `invalid_query` if the function does not apply to it. */
export function argumentOf(
  { fields }: MemoryTable,
  node: AggregationNode,
  index: number,
): MemoryField | null {
  const path = `/aggregations/${index}/field`;
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

/** The field of a row that contains the result of an aggregation. */
export function resultField(node: AggregationNode, argument: MemoryField | null): MemoryField {
  const { alias: name } = node;
  if ((node.function === 'min' || node.function === 'max') && argument) return { ...argument, name };
  return { ...(node.function.endsWith('_agg') ? LIST : NUMBER), name };
}

/** Names and path of the fields that the rows are grouped by. */
export const keyNames = ({ groupBy, fields, distinct }: ParsedQuery) =>
  distinct ? { names: fields ?? [], path: '/fields' } : { names: groupBy ?? [], path: '/groupBy' };

function aggregationSteps(table: MemoryTable, parsed: ParsedQuery): (() => unknown)[] {
  const taken = new Set<string>(keyNames(parsed).names);
  return (parsed.aggregations ?? []).flatMap((node, index) => [
    () => {
      if (!ALIAS.test(node.alias) || taken.has(node.alias))
        throw invalidQuery(`/aggregations/${index}/alias`);
      taken.add(node.alias);
    },
    () => argumentOf(table, node, index),
    () =>
      node.filter === undefined || matchFilter(table.fields, node.filter, `/aggregations/${index}/filter`),
  ]);
}

/** Fields of the rows, also of mistaken aggregations. */
function rowFields(table: MemoryTable, parsed: ParsedQuery): Map<string, MemoryField> {
  const keys = keyNames(parsed).names.flatMap((name) => table.fields.get(name) ?? []);
  const results = (parsed.aggregations ?? []).map((node) =>
    resultField(node, table.fields.get(node.field ?? '') ?? null),
  );
  return new Map([...keys, ...results].map((field) => [field.name, field]));
}

/** Throws every mistake in a query for rows of values. */
export function assertValues(table: MemoryTable, query: QueryInput, parsed: ParsedQuery): void {
  const { names, path } = keyNames(parsed);
  const rows = rowFields(table, parsed);
  checkAll<unknown>([
    () => assertFits(query, parsed),
    ...names.map((name, index) => () => orderedField(table.fields, name, `${path}/${index}`)),
    ...aggregationSteps(table, parsed),
    () => query.where === undefined || matchFilter(table.fields, query.where),
    () => query.having === undefined || !isGrouped(parsed) || matchFilter(rows, query.having, '/having'),
    ...(parsed.orderBy ?? []).map(
      ({ field }, index) =>
        () =>
          orderedField(rows, field, `/orderBy/${index}/field`),
    ),
  ]);
}
