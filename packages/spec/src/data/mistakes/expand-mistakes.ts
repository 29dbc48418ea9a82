import type { QueryMistake } from './query-calls.js';

/** Mistakes in `expand`. */
export const EXPAND_MISTAKES: readonly QueryMistake[] = [
  {
    id: 'unknown-field',
    what: '`expand` names a field that the object does not have.',
    example: () => ({ expand: { nothing: {} } }),
    object: 'contact',
    path: '/expand/nothing',
  },
  {
    id: 'no-lookup',
    what: '`expand` names a field that is not a lookup.',
    example: () => ({ expand: { name: {} } }),
    object: 'contact',
    path: '/expand/name',
  },
  {
    id: 'inner-filter',
    what: 'The inner query has a filter, which would be ignored.',
    example: () => ({ expand: { account: { where: {} } } }),
    object: 'contact',
    path: '/expand/account/where',
  },
  {
    id: 'inner-unknown-field',
    what: '`fields` of the inner query contains a field that the referenced object does not have.',
    example: () => ({ expand: { account: { fields: ['nothing'] } } }),
    object: 'contact',
    path: '/expand/account/fields/0',
  },
  {
    id: 'inner-no-lookup',
    what: '`expand` of the inner query names a field that is not a lookup.',
    example: () => ({ expand: { account: { expand: { code: {} } } } }),
    object: 'contact',
    path: '/expand/account/expand/code',
  },
  {
    id: 'inner-other-object',
    what: '`object` of the inner query is not the object that the lookup refers to.',
    example: () => ({ expand: { account: { object: 'folder' } } }),
    object: 'contact',
    path: '/expand/account/object',
  },
  {
    id: 'inner-limit',
    what: 'The inner query has a limit, which would be ignored.',
    example: () => ({ expand: { account: { limit: 1 } } }),
    object: 'contact',
    path: '/expand/account/limit',
  },
  {
    id: 'inner-no-query',
    what: 'The inner query is not an object.',
    example: () => ({ expand: { account: true } }),
    object: 'contact',
    path: '/expand/account',
  },
  {
    id: 'six-levels',
    what: 'Lookups are expanded to more than five levels.',
    example: () => {
      let query: object = {};
      for (let level = 0; level < 6; level++) query = { expand: { parent: query } };
      return query;
    },
    object: 'folder',
    path: '/expand/parent'.repeat(6),
  },
];
