import type { RecordRule } from '../shared/record-rule.zod.js';

/** A value as stored in its column, or the rule that it violates. */
export type EncodedValue =
  | { readonly value: string | number | null }
  | { readonly rule: Extract<RecordRule, 'type' | 'format' | 'computed' | 'max_bytes'> };

export const WRONG_TYPE: EncodedValue = { rule: 'type' };
