import type { QueryMistake } from './query-calls.js';

/** Mistakes in queries for records. */
export const QUERY_MISTAKES: readonly QueryMistake[] = [
  { id: 'null', what: 'The query is `null`.', example: () => null, path: '' },
  { id: 'text', what: 'The query is a string.', example: () => 'name', path: '' },
  { id: 'list', what: 'The query is a list.', example: () => [], path: '' },
  {
    id: 'promise',
    what: 'The query is a Promise that was not awaited.',
    example: () => Promise.resolve({ limit: 1 }),
    path: '',
  },
  { id: 'map', what: 'The query is a Map.', example: () => new Map([['limit', 1]]), path: '' },
  { id: 'date', what: 'The query is a Date.', example: () => new Date(0), path: '' },
  {
    id: 'unknown-key',
    what: 'The query has an unknown key.',
    example: () => ({ wher: {} }),
    path: '/wher',
  },
  {
    id: 'other-object',
    what: '`object` is not the object of the call.',
    example: () => ({ object: 'contact' }),
    path: '/object',
  },
  { id: 'negative-limit', what: '`limit` is negative.', example: () => ({ limit: -1 }), path: '/limit' },
  {
    id: 'fraction-limit',
    what: '`limit` is not an integer.',
    example: () => ({ limit: 1.5 }),
    path: '/limit',
  },
  { id: 'text-limit', what: '`limit` is a string.', example: () => ({ limit: '1' }), path: '/limit' },
  { id: 'null-limit', what: '`limit` is `null`.', example: () => ({ limit: null }), path: '/limit' },
  {
    id: 'negative-offset',
    what: '`offset` is negative.',
    example: () => ({ limit: 1, offset: -1 }),
    path: '/offset',
  },
  {
    id: 'limit-and-top',
    what: '`limit` and its alias `top` differ.',
    example: () => ({ limit: 1, top: 2 }),
    path: ['/limit', '/top'],
  },
  { id: 'no-fields', what: '`fields` is empty.', example: () => ({ fields: [] }), path: '/fields' },
  {
    id: 'unknown-field',
    what: '`fields` contains a field that the object does not have.',
    example: () => ({ fields: ['name', 'nothing'] }),
    path: '/fields/1',
  },
  {
    id: 'computed-field',
    what: '`fields` contains a computed field.',
    example: () => ({ fields: ['label'] }),
    path: '/fields/0',
  },
  {
    id: 'sparse-fields',
    what: '`fields` is a sparse array.',
    // biome-ignore lint/suspicious/noSparseArray: the hole is the mistake.
    example: () => ({ fields: ['name', , 'code'] }),
    path: '/fields/1',
  },
  {
    id: 'order-by-text',
    what: '`orderBy` is a string instead of a list of criteria.',
    example: () => ({ orderBy: 'name' }),
    path: '/orderBy',
  },
  {
    id: 'order-by-unknown-field',
    what: 'A sort criterion names a field that the object does not have.',
    example: () => ({ orderBy: [{ field: 'nothing' }] }),
    path: '/orderBy/0/field',
  },
  {
    id: 'order-by-list',
    what: 'A sort criterion names a list field, which has no order.',
    example: () => ({ orderBy: [{ field: 'name' }, { field: 'tags' }] }),
    path: '/orderBy/1/field',
  },
  {
    id: 'order-direction',
    what: 'The sort direction is neither `asc` nor `desc`.',
    example: () => ({ orderBy: [{ field: 'name', order: 'up' }] }),
    path: '/orderBy/0/order',
  },
  {
    id: 'order-unknown-key',
    what: 'A sort criterion has an unknown key.',
    example: () => ({ orderBy: [{ field: 'name', direction: 'desc' }] }),
    path: '/orderBy/0/direction',
  },
  {
    id: 'cursor-with-offset',
    what: 'A cursor is combined with an offset.',
    example: () => ({ cursor: { id: 'a1' }, offset: 1 }),
    path: ['/cursor', '/offset'],
  },
  {
    id: 'cursor-without-sort-field',
    what: 'The cursor does not contain a field of `orderBy`.',
    example: () => ({ cursor: { id: 'a1' }, orderBy: [{ field: 'name' }] }),
    path: '/cursor/name',
  },
  {
    id: 'cursor-without-id',
    what: 'The cursor does not contain the id.',
    example: () => ({ cursor: {} }),
    path: '/cursor/id',
  },
  {
    id: 'cursor-with-other-field',
    what: 'The cursor contains a field that is not in `orderBy`.',
    example: () => ({ cursor: { id: 'a1', name: 'x' } }),
    path: '/cursor/name',
  },
  {
    id: 'cursor-of-wrong-type',
    what: 'A value of the cursor has the wrong type.',
    example: () => ({ cursor: { id: 1 } }),
    path: '/cursor/id',
  },
  {
    id: 'cursor-instant-for-date',
    what: 'The cursor contains a timestamp for a date field.',
    example: () => ({
      cursor: { id: 'a1', opened_on: '2026-01-01T00:00:00.000Z' },
      orderBy: [{ field: 'opened_on' }],
    }),
    path: '/cursor/opened_on',
  },
  {
    id: 'two-mistakes',
    what: 'The query contains two errors; either may be reported.',
    example: () => ({ limit: -1, orderBy: [{ field: 'nothing' }] }),
    path: ['/limit', '/orderBy/0/field'],
  },
];
