import type { RecordRule } from '../../shared/record-rule.zod.js';
import { answersAt, type Mistake, type MistakeAnswer } from './mistake.js';

interface KeyMistake {
  readonly id: string;
  readonly what: string;
  readonly data: () => object;
  readonly keys: () => unknown;
  readonly answers: readonly MistakeAnswer[];
}

const violated = (...violations: { field: string; rule: RecordRule }[]): MistakeAnswer[] => [
  { code: 'validation_failed', details: { object: 'account', violations } },
];

const ROWS: readonly KeyMistake[] = [
  {
    id: 'null',
    what: 'The keys are `null`.',
    data: () => ({ name: 'Cone' }),
    keys: () => null,
    answers: answersAt('invalid_request', '/conflictKeys'),
  },
  {
    id: 'text',
    what: 'The keys are a string instead of a list.',
    data: () => ({ id: 'a1', name: 'Cone' }),
    keys: () => 'id',
    answers: answersAt('invalid_request', '/conflictKeys'),
  },
  {
    id: 'empty',
    what: 'The list of keys is empty. The list of violations is empty, because no field is invalid.',
    data: () => ({ name: 'Cone' }),
    keys: () => [],
    answers: violated(),
  },
  {
    id: 'unknown-field',
    what: 'A key is a field that the object does not have.',
    data: () => ({ name: 'Cone' }),
    keys: () => ['nothing'],
    answers: violated({ field: 'nothing', rule: 'unknown_field' }),
  },
  {
    id: 'absent-value',
    what: 'The record has no value of a key.',
    data: () => ({ name: 'Cone' }),
    keys: () => ['code'],
    answers: violated({ field: 'code', rule: 'required' }),
  },
  {
    id: 'null-value',
    what: 'The value of a key is `null`.',
    data: () => ({ name: 'Cone', code: null }),
    keys: () => ['code'],
    answers: violated({ field: 'code', rule: 'required' }),
  },
  {
    id: 'condition',
    what: 'The value of a key is a condition of a filter.',
    data: () => ({ name: 'Cone', code: { $ne: null } }),
    keys: () => ['code'],
    answers: violated({ field: 'code', rule: 'type' }),
  },
  {
    id: 'list-field',
    what: 'A key is a list field, which cannot be compared.',
    data: () => ({ name: 'Cone', tags: ['t'] }),
    keys: () => ['tags'],
    answers: violated({ field: 'tags', rule: 'type' }),
  },
  {
    id: 'instant-for-date',
    what: 'The value of a key is a timestamp, and the field is a date.',
    data: () => ({ name: 'Cone', opened_on: '2026-01-01T00:00:00.000Z' }),
    keys: () => ['opened_on'],
    answers: violated({ field: 'opened_on', rule: 'type' }),
  },
  {
    id: 'ambiguous',
    what: 'Several records have the values of the keys.',
    data: () => ({ name: 'Cone', notes: 'same' }),
    keys: () => ['notes'],
    answers: [{ code: 'unique_violation', details: { object: 'account', fields: ['notes'] } }],
  },
];

/** Mistakes in the keys of `upsert`. */
export const KEY_MISTAKES: readonly Mistake[] = ROWS.map(({ id, what, data, keys, answers }) => ({
  id,
  what,
  calls: () => [{ method: 'upsert', args: ['account', data(), keys()], answers }],
}));
