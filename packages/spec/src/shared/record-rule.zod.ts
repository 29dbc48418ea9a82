import * as z from 'zod';

export const RecordRuleEnum = z
  .enum([
    'unknown_field',
    'type',
    'required',
    'readonly',
    'computed',
    'min_length',
    'max_length',
    'max_bytes',
    'min',
    'max',
    'option',
    'format',
  ])
  .describe('A rule that a record must keep when it is written.');
export type RecordRule = z.infer<typeof RecordRuleEnum>;
