import type { RecordMistake } from './record-calls.js';

/** A JSON value of so many levels. */
function nested(levels: number): unknown {
  let value: unknown = null;
  for (let level = 0; level < levels; level++) value = [value];
  return value;
}

/** Values of a record that their fields cannot store. */
export const VALUE_MISTAKES: readonly RecordMistake[] = [
  {
    id: 'number-for-text',
    what: 'The value of a text field is a number.',
    example: () => ({ notes: 7 }),
    violations: { notes: 'type' },
  },
  {
    id: 'text-for-boolean',
    what: 'The value of a boolean field is a string.',
    example: () => ({ active: 'yes' }),
    violations: { active: 'type' },
  },
  {
    id: 'instant-for-date',
    what: 'The value of a date field is a timestamp.',
    example: () => ({ opened_on: '2026-01-01T00:00:00.000Z' }),
    violations: { opened_on: 'type' },
  },
  {
    id: 'date-object-for-date',
    what: 'The value of a date field is a JavaScript `Date`, which is a timestamp.',
    example: () => ({ opened_on: new Date(0) }),
    violations: { opened_on: 'type' },
  },
  {
    id: 'invalid-date',
    what: 'The date does not exist.',
    example: () => ({ opened_on: '2026-02-29' }),
    violations: { opened_on: 'type' },
  },
  {
    id: 'nul-character',
    what: 'The text contains a NUL character.',
    example: () => ({ notes: 'a\0b' }),
    violations: { notes: 'format' },
  },
  {
    id: 'lone-surrogate',
    what: 'The text contains a lone surrogate.',
    example: () => ({ notes: 'half \ud83d' }),
    violations: { notes: 'format' },
  },
  {
    id: 'text-for-list',
    what: 'The value of a list field is a string.',
    example: () => ({ tags: 't' }),
    violations: { tags: 'type' },
  },
  {
    id: 'item-of-wrong-type',
    what: 'An item of a list of strings is a number.',
    example: () => ({ tags: ['t', 1] }),
    violations: { tags: 'type' },
  },
  {
    id: 'null-item',
    what: 'An item of a list is `null`.',
    example: () => ({ tags: ['t', null] }),
    violations: { tags: 'type' },
  },
  {
    id: 'sparse-list',
    what: 'A list is a sparse array.',
    // biome-ignore lint/suspicious/noSparseArray: the hole is the mistake.
    example: () => ({ tags: ['t', , 'u'] }),
    violations: { tags: 'type' },
  },
  {
    id: 'no-json',
    what: 'The value of a JSON field contains a value that JSON cannot express.',
    example: () => ({ extra: { size: 1n } }),
    violations: { extra: 'type' },
  },
  {
    id: 'sparse-json',
    what: 'A list in a JSON value is a sparse array.',
    // biome-ignore lint/suspicious/noSparseArray: the hole is the mistake.
    example: () => ({ extra: [1, , 2] }),
    violations: { extra: 'type' },
  },
  {
    id: 'json-too-deep',
    what: 'The JSON value has more than 65 levels of lists and objects.',
    example: () => ({ extra: nested(66) }),
    violations: { extra: 'type' },
  },
];
