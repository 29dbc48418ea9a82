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
  .describe(
    'Rule that a written record violates. unknown_field: the object has no such field; type: the value has the wrong type; required: the value is missing; readonly: only a system write may set the field; computed: the field is computed and cannot be written; min_length, max_length, max_bytes: the length in characters or bytes is out of range; min, max: the number is out of range; option: the value is not one of the options; format: the value has the wrong format.',
  );
export type RecordRule = z.infer<typeof RecordRuleEnum>;
