import { LIMITS } from '../../shared/limits.js';
import type { FilterMistake } from './filter-calls.js';

/** A filter inside so many `$not`. */
function negated(levels: number): unknown {
  let filter: unknown = {};
  for (let level = 0; level < levels; level++) filter = { $not: filter };
  return filter;
}

/** Mistakes in the structure of a filter. */
export const FILTER_MISTAKES: readonly FilterMistake[] = [
  { id: 'text', what: 'The filter is a string.', example: () => 'name = 1', path: '' },
  { id: 'number', what: 'The filter is a number.', example: () => 1, path: '' },
  { id: 'null', what: 'The filter is `null`.', example: () => null, path: '' },
  { id: 'list', what: 'The filter is a list.', example: () => [], path: '' },
  {
    id: 'map',
    what: 'The filter is a Map, whose entries are not properties.',
    example: () => new Map([['name', 'Acme']]),
    path: '',
  },
  {
    id: 'promise',
    what: 'The filter is a Promise that was not awaited.',
    example: () => Promise.resolve({ name: 'Acme' }),
    path: '',
  },
  { id: 'date', what: 'The filter is a Date.', example: () => new Date(0), path: '' },
  {
    id: 'unknown-field',
    what: 'A condition names a field that the object does not have.',
    example: () => ({ nothing: 1 }),
    path: '/nothing',
  },
  {
    id: 'field-in-other-case',
    what: 'A field name differs in letter case from the name in the definition.',
    example: () => ({ Name: 'Acme' }),
    path: '/Name',
  },
  {
    id: 'inherited-name',
    what: 'A condition names a property that every JavaScript object inherits.',
    example: () => ({ constructor: 1 }),
    path: '/constructor',
  },
  {
    id: 'prototype',
    what: 'A condition is named `__proto__`.',
    example: () => JSON.parse('{ "__proto__": { "name": "Acme" } }'),
    path: '/__proto__',
  },
  {
    id: 'escaped-name',
    what: 'The unknown field name contains characters that a JSON Pointer escapes.',
    example: () => ({ 'a/b~c': 1 }),
    path: '/a~1b~0c',
  },
  {
    id: 'computed-field',
    what: 'A condition names a computed field, which is not stored.',
    example: () => ({ label: 'x' }),
    path: '/label',
  },
  {
    id: 'undefined-value',
    what: 'The value of a condition is `undefined`.',
    example: () => ({ name: undefined }),
    path: '/name',
  },
  {
    id: 'no-operator',
    what: 'The conditions on a field contain no operator.',
    example: () => ({ name: {} }),
    path: '/name',
  },
  {
    id: 'unknown-operator',
    what: 'The operator does not exist.',
    example: () => ({ name: { $like: 'a' } }),
    path: '/name/$like',
  },
  {
    id: 'operator-without-dollar',
    what: 'The name of the operator does not start with `$`.',
    example: () => ({ name: { eq: 'a' } }),
    path: '/name/eq',
  },
  {
    id: 'unknown-connective',
    what: 'The logical operator does not exist.',
    example: () => ({ $nor: [] }),
    path: '/$nor',
  },
  {
    id: 'or-without-list',
    what: '`$or` is not a list.',
    example: () => ({ $or: { name: 'Acme' } }),
    path: '/$or',
  },
  {
    id: 'and-undefined',
    what: '`$and` is `undefined`.',
    example: () => ({ $and: undefined }),
    path: '/$and',
  },
  {
    id: 'not-with-list',
    what: '`$not` is a list.',
    example: () => ({ $not: [{ name: 'Acme' }] }),
    path: '/$not',
  },
  {
    id: 'sparse-list',
    what: 'A list of filters is a sparse array.',
    // biome-ignore lint/suspicious/noSparseArray: the hole is the mistake.
    example: () => ({ $or: [, { name: 'Acme' }] }),
    path: '/$or/0',
  },
  {
    id: 'nested',
    what: 'The error is in a nested filter.',
    example: () => ({ $and: [{ $or: [{ name: 'Acme' }, { nothing: 1 }] }] }),
    path: '/$and/0/$or/1/nothing',
  },
  {
    id: 'too-deep',
    what: `The filter is nested more deeply than \`LIMITS.maxFilterDepth\` (${LIMITS.maxFilterDepth}) levels. Every key and array index in the path below \`where\` counts as a level.`,
    example: () => negated(LIMITS.maxFilterDepth + 1),
    path: '/$not'.repeat(LIMITS.maxFilterDepth + 1),
  },
  {
    id: 'two-mistakes',
    what: 'The filter contains two errors; either may be reported.',
    example: () => ({ nothing: 1, name: { $like: 'a' } }),
    path: ['/nothing', '/name/$like'],
  },
];
