import type { KeyedRandom } from './keyed-random.js';
import { maskNumber, maskNumberWithin } from './mask-number.js';
import {
  type MaskedField,
  type MaskOrProblem,
  NOT_UNIQUE,
  ONLY_TEXTS,
  variesByRecord,
} from './masked-field.js';

/** A mask of numbers. */
export function maskOfNumber(random: KeyedRandom, masked: MaskedField): MaskOrProblem {
  const { field, rule, isUnique } = masked;
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = field;
  const within = (value: number) => Math.min(max, Math.max(min, value));
  if (rule.strategy === 'partial') return ONLY_TEXTS;
  if (isUnique && rule.strategy === 'redact') return NOT_UNIQUE;
  if (rule.strategy === 'redact') return () => within(0);
  const isBounded = Number.isFinite(min) || Number.isFinite(max);
  if (isUnique && isBounded) return 'cannot keep unique values between min and max';
  const isRange = Number.isFinite(min) && Number.isFinite(max);
  return (value, at) => {
    if (typeof value !== 'number') return value;
    const place = variesByRecord(masked) ? at : '';
    if (isRange) return maskNumberWithin(random, { value, min, max }, place);
    return within(maskNumber(random, value, place));
  };
}
