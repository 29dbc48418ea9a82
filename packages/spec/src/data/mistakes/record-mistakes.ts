import { LIMITS } from '../../shared/limits.js';
import type { RecordRule } from '../../shared/record-rule.zod.js';
import { CHANGES, CREATES, type RecordMistake } from './record-calls.js';

/** Mistakes in the values of a record. */
export const RECORD_MISTAKES: readonly RecordMistake[] = [
  {
    id: 'unknown-field',
    what: 'The object has no such field.',
    example: () => ({ nothing: 1 }),
    violations: { nothing: 'unknown_field' },
  },
  {
    id: 'inherited-name',
    what: 'The field name is that of a property which every JavaScript object inherits.',
    example: () => ({ constructor: 1, toString: 1 }),
    violations: Object.fromEntries<RecordRule>([
      ['constructor', 'unknown_field'],
      ['toString', 'unknown_field'],
    ]),
  },
  {
    id: 'prototype',
    what: 'The field name is `__proto__`.',
    example: () => Object.defineProperty({}, '__proto__', { value: 1, enumerable: true }),
    violations: Object.fromEntries<RecordRule>([['__proto__', 'unknown_field']]),
  },
  {
    id: 'computed-field',
    what: 'The field is computed and not stored.',
    example: () => ({ label: 'x' }),
    violations: { label: 'computed' },
  },
  {
    id: 'readonly-field',
    what: 'The field is readonly, and the call is not a system write.',
    example: () => ({ origin: 'import' }),
    violations: { origin: 'readonly' },
  },
  {
    id: 'autonumber',
    what: 'The driver assigns the value of an autonumber field.',
    example: () => ({ number: 'A-041' }),
    violations: { number: 'readonly' },
  },
  {
    id: 'created-at',
    what: 'The driver sets the creation time.',
    example: () => ({ created_at: '2020-01-01T00:00:00.000Z' }),
    violations: { created_at: 'readonly' },
  },
  {
    id: 'updated-at',
    what: 'The driver sets the time of the last write.',
    example: () => ({ updated_at: '2020-01-01T00:00:00.000Z' }),
    violations: { updated_at: 'readonly' },
  },
  {
    id: 'changed-id',
    what: 'The id of a record cannot be changed.',
    example: () => ({ id: 'a9' }),
    violations: { id: 'readonly' },
    writes: CHANGES,
  },
  {
    id: 'number-as-id',
    what: 'The id of a new record is a number.',
    example: () => ({ id: 1 }),
    violations: { id: 'type' },
    writes: CREATES,
  },
  {
    id: 'empty-id',
    what: 'The id of a new record is an empty string.',
    example: () => ({ id: '' }),
    violations: { id: 'required' },
    writes: CREATES,
  },
  {
    id: 'required-absent',
    what: 'A required field has no value.',
    example: () => ({ name: undefined }),
    violations: { name: 'required' },
    writes: CREATES,
  },
  {
    id: 'required-null',
    what: 'A required field is set to `null`.',
    example: () => ({ name: null }),
    violations: { name: 'required' },
  },
  {
    id: 'required-empty',
    what: 'A required field is set to an empty string, which is also too short here.',
    example: () => ({ name: '' }),
    violations: { name: ['min_length', 'required'] },
  },
  {
    id: 'required-empty-list',
    what: 'A required list field is set to an empty list.',
    object: 'survey',
    example: () => ({ topics: [] }),
    violations: { topics: 'required' },
  },
  {
    id: 'too-short',
    what: 'The text has fewer characters than `minLength`; a pair of surrogates is one character.',
    example: () => ({ name: '😀' }),
    violations: { name: 'min_length' },
  },
  {
    id: 'too-long',
    what: 'The text has more characters than `maxLength`.',
    example: () => ({ name: '😀'.repeat(21) }),
    violations: { name: 'max_length' },
  },
  {
    id: 'too-many-bytes',
    what: 'The text has more bytes in UTF-8 than `LIMITS.maxValueBytes`.',
    example: () => ({ notes: 'x'.repeat(LIMITS.maxValueBytes + 1) }),
    violations: { notes: 'max_bytes' },
    writes: ['create', 'update'],
  },
  {
    id: 'too-many-bytes-together',
    what: 'The text and JSON values of the write together have more bytes than `LIMITS.maxRecordBytes`; the largest is reported.',
    example: () => ({
      notes: 'x'.repeat(LIMITS.maxValueBytes),
      extra: ['x'.repeat(LIMITS.maxRecordBytes - LIMITS.maxValueBytes - 100)],
      code: 'x'.repeat(100),
    }),
    violations: { notes: 'max_bytes' },
    writes: ['create', 'update'],
  },
  {
    id: 'too-small',
    what: 'The number is less than `min`.',
    example: () => ({ budget: -1 }),
    violations: { budget: 'min' },
  },
  {
    id: 'too-large',
    what: 'The number is greater than `max`.',
    example: () => ({ budget: 1_000_001 }),
    violations: { budget: 'max' },
  },
  {
    id: 'no-option',
    what: 'The value is not one of the options of the field.',
    example: () => ({ status: 'odd' }),
    violations: { status: 'option' },
  },
  {
    id: 'malformed-email',
    what: 'The value does not have the format of the field type, such as an email address or a URL.',
    example: () => ({ email: 'no address' }),
    violations: { email: 'format' },
  },
  {
    id: 'all-at-once',
    what: 'Several values are not valid; all violations are reported.',
    example: () => ({ name: 'A', budget: -1, active: 'yes', label: 'x', origin: 'x', nothing: 1 }),
    violations: {
      name: 'min_length',
      budget: 'min',
      active: 'type',
      label: 'computed',
      origin: 'readonly',
      nothing: 'unknown_field',
    },
  },
];
