import type { QueryMistake } from './query-calls.js';

/** Mistakes in queries that consist of a filter only. */
export const FILTER_ONLY_MISTAKES: readonly QueryMistake[] = [
  {
    id: 'ignored-limit',
    what: 'The query has a limit, which would be ignored.',
    example: () => ({ where: { name: 'Acme' }, limit: 1 }),
    path: '/limit',
  },
  {
    id: 'ignored-order',
    what: 'The query has a sort order, which would be ignored.',
    example: () => ({ where: { name: 'Acme' }, orderBy: [{ field: 'name' }] }),
    path: '/orderBy',
  },
  {
    id: 'ignored-fields',
    what: 'The query lists fields, which would be ignored.',
    example: () => ({ where: { name: 'Acme' }, fields: ['name'] }),
    path: '/fields',
  },
  {
    id: 'unknown-key',
    what: 'The query has an unknown key besides its filter.',
    example: () => ({ where: { name: 'Acme' }, wher: {} }),
    path: '/wher',
  },
  {
    id: 'no-filter',
    what: 'The query of `updateMany` or `deleteMany` has no filter, which would match every record.',
    example: () => ({}),
    code: 'invalid_filter',
    path: '/where',
  },
  {
    id: 'no-query',
    what: '`updateMany` or `deleteMany` is called without a query.',
    example: () => undefined,
    code: 'invalid_filter',
    path: '/where',
  },
];
