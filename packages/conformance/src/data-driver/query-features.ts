import { isPlainObject } from '@objectstack/spec/shared';
import { deniedCall, drain, type Feature, ofQuery, type Query } from './capability-row.js';
import { itemsOf, queryOf } from './driver-call.js';

/** Only an absent filter and an empty object contain no condition. */
const isCondition = (where: unknown) =>
  where !== undefined && !(isPlainObject(where) && Object.keys(where).length === 0);

const WHERE = { where: { name: 'one' } };

const COUNTED = { function: 'count', alias: 'records' } as const;

/** Whether names in the row differ only in case. */
function aliasesDifferInCase({ groupBy, aggregations }: Query): boolean {
  const names = [
    ...(Array.isArray(groupBy) ? new Set(groupBy.map(String)) : []),
    ...itemsOf(aggregations).map(({ alias }) => String(alias)),
  ];
  return new Set(names.map((name) => name.toLowerCase())).size < new Set(names).size;
}

/** The capabilities of queries. */
export const QUERY_FEATURES = {
  queryFilters: {
    gates: '`where`, `having` and the `filter` of an aggregation, unless they are an empty object',
    isUsedBy: (call) => {
      const { where, having, aggregations } = queryOf(call);
      return [where, having, ...itemsOf(aggregations).map(({ filter }) => filter)].some(isCondition);
    },
    denied: [
      deniedCall((driver) => driver.find('folder', WHERE)),
      deniedCall((driver) => driver.findOne('folder', WHERE)),
      deniedCall((driver) => driver.count('folder', WHERE)),
      deniedCall((driver) => driver.explain('folder', WHERE)),
      deniedCall((driver) => driver.updateMany('folder', WHERE, { name: 'x' })),
      deniedCall((driver) => driver.deleteMany('folder', WHERE)),
      deniedCall((driver) => drain(driver.findStream('folder', WHERE)), 'streaming'),
      deniedCall(
        (driver) => driver.find('folder', { aggregations: [COUNTED], having: { records: 1 } }),
        'queryAggregations',
      ),
      deniedCall(
        (driver) => driver.find('folder', { aggregations: [{ ...COUNTED, filter: { name: 'one' } }] }),
        'queryAggregations',
      ),
    ],
  },
  queryAggregations: ofQuery(
    '`groupBy`, `aggregations`, `having`, `distinct: true`',
    ({ groupBy, aggregations, having, distinct }) =>
      [groupBy, aggregations, having].some((one) => one !== undefined) || distinct === true,
    { groupBy: ['name'] },
    { aggregations: [COUNTED] },
    { distinct: true, fields: ['name'] },
  ),
  querySorting: ofQuery(
    '`orderBy`, unless it is empty',
    ({ orderBy }) => orderBy !== undefined && !(Array.isArray(orderBy) && orderBy.length === 0),
    { orderBy: [{ field: 'name' }] },
  ),
  queryPagination: ofQuery(
    '`limit`, `top`, `offset`, `cursor`',
    ({ limit, top, offset, cursor }) => [limit, top, offset, cursor].some((one) => one !== undefined),
    { limit: 1 },
    { top: 1 },
    { offset: 1 },
    { cursor: { id: 'f1' } },
  ),
  queryWindowFunctions: ofQuery('`windowFunctions`', ({ windowFunctions }) => windowFunctions !== undefined, {
    windowFunctions: [{ function: 'rank', alias: 'r', over: {} }],
  }),
  joins: ofQuery('`joins`', ({ joins }) => joins !== undefined, {
    joins: [{ type: 'inner', object: 'contact', on: {} }],
  }),
  fullTextSearch: ofQuery('`search`', ({ search }) => search !== undefined, { search: { query: 'acme' } }),
  caseSensitiveAliases: {
    ...ofQuery('an `alias` that differs from another name in the row only in case', aliasesDifferInCase),
    denied: [
      deniedCall(
        (driver) =>
          driver.find('account', { groupBy: ['name'], aggregations: [{ ...COUNTED, alias: 'NAME' }] }),
        'queryAggregations',
      ),
    ],
  },
} as const satisfies Readonly<Record<string, Feature>>;
