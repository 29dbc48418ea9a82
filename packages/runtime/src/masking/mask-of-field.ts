import { isReference } from '@objectstack/spec/data';
import type { KeyedRandom } from './keyed-random.js';
import { maskOfChoice } from './mask-of-choice.js';
import { maskOfNumber } from './mask-of-number.js';
import { maskOfText } from './mask-of-text.js';
import { maskOfTime } from './mask-of-time.js';
import type { Mask, MaskedField, MaskOrProblem } from './masked-field.js';

function maskOfJson({ rule }: MaskedField): MaskOrProblem {
  if (rule.strategy !== 'redact')
    return 'cannot keep the format of JSON; use the strategy redact, which stores an empty object, or nullify';
  return () => ({});
}

function maskOfItem(random: KeyedRandom, masked: MaskedField): MaskOrProblem {
  const { model } = masked;
  if (model.options) return maskOfChoice(random, [...model.options], masked);
  switch (model.itemEncoding) {
    case 'text':
      return maskOfText(random, masked);
    case 'number':
      return maskOfNumber(random, masked);
    case 'boolean':
      return maskOfChoice(random, [false, true], masked);
    case 'json':
      return maskOfJson(masked);
    case 'computed':
      return 'belongs to the fields from which the value is computed';
    case 'date':
    case 'datetime':
    case 'time':
      return maskOfTime(random, model.itemEncoding, masked);
    default:
      return 'has values that cannot be masked; use the strategy nullify';
  }
}

function maskOfList(item: Mask): Mask {
  return (value, at) =>
    Array.isArray(value) ? value.map((one, index) => item(one, `${at}/${index}`)) : value;
}

/** Types whose JSON must be a list. */
const LISTS_OF_JSON: ReadonlySet<string> = new Set(['vector', 'repeater']);

/** The mask of the values of a field, or the reason why its rule cannot be applied. */
export function maskOfField(random: KeyedRandom, masked: MaskedField): MaskOrProblem {
  const { field, model, rule, isRequired } = masked;
  if (field.type === 'autonumber') return 'cannot be applied to numbers that are assigned';
  if (rule.strategy === 'nullify') return isRequired ? 'would remove a value that is required' : () => null;
  if (isReference(field))
    return 'would break references; use the strategy nullify, or mask the record that is referred to';
  if (LISTS_OF_JSON.has(field.type)) {
    if (rule.strategy !== 'redact' || isRequired)
      return `cannot keep the format of a ${field.type}; use the strategy nullify`;
    return () => [];
  }
  const item = maskOfItem(random, masked);
  return model.isList && typeof item !== 'string' ? maskOfList(item) : item;
}
