import { LIMITS } from '../../shared/limits.js';
import type { FilterMistake } from './filter-calls.js';

/** Mistakes in the values that conditions of a filter compare with. */
export const OPERAND_MISTAKES: readonly FilterMistake[] = [
  {
    id: 'undefined-operand',
    what: 'The operand is `undefined`.',
    example: () => ({ name: { $eq: undefined } }),
    path: '/name/$eq',
  },
  {
    id: 'number-for-text',
    what: 'A text field is compared with a number.',
    example: () => ({ name: 1 }),
    path: '/name',
  },
  {
    id: 'list-for-text',
    what: 'A text field is compared with a list.',
    example: () => ({ name: ['Acme'] }),
    path: '/name',
  },
  {
    id: 'text-for-number',
    what: 'A number field is compared with a string.',
    example: () => ({ budget: '9' }),
    path: '/budget',
  },
  {
    id: 'not-a-number',
    what: 'A number field is compared with NaN.',
    example: () => ({ budget: Number.NaN }),
    path: '/budget',
  },
  {
    id: 'number-for-boolean',
    what: 'A boolean field is compared with 1 instead of `true`.',
    example: () => ({ active: 1 }),
    path: '/active',
  },
  {
    id: 'instant-for-date',
    what: 'A date field is compared with a timestamp.',
    example: () => ({ opened_on: '2026-01-01T00:00:00.000Z' }),
    path: '/opened_on',
  },
  {
    id: 'date-for-instant',
    what: 'A datetime field is compared with a date.',
    example: () => ({ seen_at: '2026-01-01' }),
    path: '/seen_at',
  },
  {
    id: 'null-operand',
    what: 'An operator other than `$eq` and `$ne` has the operand `null`.',
    example: () => ({ budget: { $gt: null } }),
    path: '/budget/$gt',
  },
  {
    id: 'order-of-booleans',
    what: 'An operator needs an order, which booleans do not have in a filter.',
    example: () => ({ active: { $gt: false } }),
    path: '/active/$gt',
  },
  {
    id: 'order-of-lists',
    what: 'An operator needs an order, which lists do not have.',
    example: () => ({ tags: { $gte: ['t'] } }),
    path: '/tags/$gte',
  },
  {
    id: 'equal-list',
    what: 'A list field is compared with a list; only `$contains` and `$notContains` apply to its items.',
    example: () => ({ tags: ['t'] }),
    path: '/tags',
  },
  {
    id: 'equal-json',
    what: 'A JSON field is compared with a value; only `null` can be searched.',
    example: () => ({ extra: 'x' }),
    path: '/extra',
  },
  {
    id: 'item-of-wrong-type',
    what: 'The item to search for in a list of strings is a number.',
    example: () => ({ tags: { $contains: 1 } }),
    path: '/tags/$contains',
  },
  {
    id: 'search-in-number',
    what: '`$contains` is applied to a number.',
    example: () => ({ budget: { $contains: '9' } }),
    path: '/budget/$contains',
  },
  {
    id: 'search-in-date',
    what: '`$contains` is applied to a date; dates are compared, not searched.',
    example: () => ({ opened_on: { $contains: '2026' } }),
    path: '/opened_on/$contains',
  },
  {
    id: 'prefix-of-datetime',
    what: '`$startsWith` is applied to a datetime.',
    example: () => ({ seen_at: { $startsWith: '2026' } }),
    path: '/seen_at/$startsWith',
  },
  {
    id: 'search-in-json',
    what: '`$contains` is applied to a JSON field.',
    example: () => ({ extra: { $contains: 'x' } }),
    path: '/extra/$contains',
  },
  {
    id: 'search-for-number',
    what: 'The string to search for is a number.',
    example: () => ({ name: { $endsWith: 1 } }),
    path: '/name/$endsWith',
  },
  {
    id: 'search-for-nul',
    what: 'The string to search for contains a NUL character.',
    example: () => ({ name: { $contains: 'a\0b' } }),
    path: '/name/$contains',
  },
  {
    id: 'search-for-surrogate',
    what: 'The string to search for contains a lone surrogate.',
    example: () => ({ name: { $startsWith: 'half \ud83d' } }),
    path: '/name/$startsWith',
  },
  {
    id: 'in-without-list',
    what: '`$in` is not a list.',
    example: () => ({ name: { $in: 'Acme' } }),
    path: '/name/$in',
  },
  {
    id: 'in-wrong-type',
    what: 'An item of `$in` has the wrong type.',
    example: () => ({ name: { $nin: ['Acme', 1] } }),
    path: '/name/$nin',
  },
  {
    id: 'in-instant-for-date',
    what: 'An item of `$in` is a timestamp, and the field is a date.',
    example: () => ({ opened_on: { $in: ['2026-01-01', '2026-01-01T00:00:00.000Z'] } }),
    path: '/opened_on/$in',
  },
  {
    id: 'in-sparse-list',
    what: 'The list of `$in` is a sparse array.',
    // biome-ignore lint/suspicious/noSparseArray: the hole is the mistake.
    example: () => ({ name: { $in: ['Acme', , 'Bolt'] } }),
    path: '/name/$in',
  },
  {
    id: 'in-too-long',
    what: 'The list of `$in` has more items than `LIMITS.maxFilterListItems`.',
    example: () => ({ budget: { $in: Array(LIMITS.maxFilterListItems + 1).fill(1) } }),
    path: '/budget/$in',
  },
  {
    id: 'between-one',
    what: 'The range of `$between` has only one bound.',
    example: () => ({ budget: { $between: [1] } }),
    path: '/budget/$between',
  },
  {
    id: 'between-three',
    what: 'The range of `$between` has three bounds.',
    example: () => ({ budget: { $between: [1, 2, 3] } }),
    path: '/budget/$between',
  },
  {
    id: 'between-null',
    what: 'A bound of `$between` is `null`.',
    example: () => ({ budget: { $between: [1, null] } }),
    path: '/budget/$between',
  },
  {
    id: 'presence-not-boolean',
    what: 'The operand of `$null` or `$exists` is not a boolean.',
    example: () => ({ name: { $null: 'yes' } }),
    path: '/name/$null',
  },
  {
    id: 'reference-to-unknown-field',
    what: 'The value is a reference to a field that the object does not have.',
    example: () => ({ name: { $eq: { $field: 'nothing' } } }),
    path: '/name/$eq',
  },
  {
    id: 'reference-to-other-type',
    what: 'The value is a reference to a field of another type.',
    example: () => ({ name: { $eq: { $field: 'budget' } } }),
    path: '/name/$eq',
  },
];
