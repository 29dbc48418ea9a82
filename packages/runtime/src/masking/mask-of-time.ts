import type { KeyedRandom } from './keyed-random.js';
import { maskDate, maskDateTime, maskTimeOfDay } from './mask-date.js';
import {
  type MaskedField,
  type MaskOrProblem,
  NOT_UNIQUE,
  ONLY_TEXTS,
  variesByRecord,
} from './masked-field.js';

const REDACTED = { date: '1970-01-01', datetime: '1970-01-01T00:00:00.000Z', time: '00:00:00' } as const;
const TIMES = { date: maskDate, datetime: maskDateTime, time: maskTimeOfDay } as const;

/** A mask of dates, timestamps and times of day. */
export function maskOfTime(
  random: KeyedRandom,
  encoding: keyof typeof TIMES,
  masked: MaskedField,
): MaskOrProblem {
  const { rule, isUnique } = masked;
  if (rule.strategy === 'partial') return ONLY_TEXTS;
  if (rule.strategy === 'redact') return isUnique ? NOT_UNIQUE : () => REDACTED[encoding];
  const mask = TIMES[encoding];
  return (value, at) =>
    typeof value === 'string' ? mask(random, value, variesByRecord(masked) ? at : '') : value;
}
