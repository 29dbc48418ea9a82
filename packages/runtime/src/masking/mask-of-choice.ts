import type { KeyedRandom } from './keyed-random.js';
import { type MaskedField, type MaskOrProblem, NOT_UNIQUE, ONLY_TEXTS } from './masked-field.js';

/** A mask that chooses among few values, and therefore by the record: equal values would show each other. */
export function maskOfChoice(
  random: KeyedRandom,
  values: readonly unknown[],
  { rule, isUnique }: MaskedField,
): MaskOrProblem {
  if (rule.strategy === 'partial') return ONLY_TEXTS;
  if (isUnique) return NOT_UNIQUE;
  if (rule.strategy === 'redact') return () => values[0];
  return (_, at) => values[Number(random.below(BigInt(values.length), 'choice', at))];
}
