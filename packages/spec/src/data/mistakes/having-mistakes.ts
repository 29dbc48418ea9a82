import type { QueryMistake } from './query-calls.js';

const count = { function: 'count', alias: 'records' } as const;
const havingOf = (having: unknown) => ({ groupBy: ['notes'], aggregations: [count], having });

/** Mistakes in the filters of groups and of aggregations. */
export const HAVING_MISTAKES: readonly QueryMistake[] = [
  {
    id: 'filter-of-aggregation',
    what: 'The filter of the second aggregation names an unknown field.',
    example: () => ({
      aggregations: [count, { function: 'count', alias: 'some', filter: { $not: { nothing: 1 } } }],
    }),
    code: 'invalid_filter',
    path: '/aggregations/1/filter/$not/nothing',
  },
  {
    id: 'having-other-field',
    what: '`having` names a field that the rows do not have.',
    example: () => havingOf({ budget: 1 }),
    code: 'invalid_filter',
    path: '/having/budget',
  },
  {
    id: 'having-wrong-type',
    what: '`having` compares a count with a string.',
    example: () => havingOf({ records: { $gt: '1' } }),
    code: 'invalid_filter',
    path: '/having/records/$gt',
  },
  {
    id: 'having-unknown-operator',
    what: '`having` contains an unknown operator.',
    example: () => havingOf({ $or: [{ records: { $like: 1 } }] }),
    code: 'invalid_filter',
    path: '/having/$or/0/records/$like',
  },
  {
    id: 'having-text',
    what: '`having` is a string.',
    example: () => havingOf('records > 1'),
    code: 'invalid_filter',
    path: '/having',
  },
];
