import { foldCase } from '@objectstack/spec/data';
import * as z from 'zod';
import type { KeyedRandom } from './keyed-random.js';
import { maskText } from './mask-text.js';
import { type MaskedField, type MaskOrProblem, NOT_UNIQUE, variesByRecord } from './masked-field.js';

/** Characters of a text that stands for a value. */
const TOKEN_LENGTH = 26;
/** Characters at which different values have different texts in practice: 80 bits. */
const DISTINCT_LENGTH = 16;
const TOKEN_PREFIX = 'tok_';
const REDACTED_LENGTH = 4;
const MOST_SHOWN = 4;
/** Reserved by RFC 2606: no message to it is delivered. */
const EMAIL_SUFFIX = '@example.com';
const LONGEST_LOCAL_PART = 64;
const URL_PREFIX = 'https://example.com/';

const TOO_SHORT = 'needs a larger maxLength';
/** Types whose values are markup or code, which replaced letters would break. */
const MARKUP: ReadonlySet<string> = new Set(['markdown', 'html', 'richtext', 'code']);

interface TokenForm {
  readonly prefix: string;
  readonly suffix: string;
  readonly longest: number;
}

const PLAIN: TokenForm = { prefix: '', suffix: '', longest: Number.POSITIVE_INFINITY };

function formOf({ field: { type }, rule: { strategy } }: MaskedField): TokenForm {
  if (type === 'email') return { prefix: '', suffix: EMAIL_SUFFIX, longest: LONGEST_LOCAL_PART };
  if (type === 'url') return { ...PLAIN, prefix: URL_PREFIX };
  return strategy === 'tokenize' ? { ...PLAIN, prefix: TOKEN_PREFIX } : PLAIN;
}

type Text = (value: string, at: string) => string;

/** Texts that stand for values, within the lengths of the field. */
function tokens(random: KeyedRandom, masked: MaskedField): Text | string {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY } = masked.field;
  const { prefix, suffix, longest } = formOf(masked);
  const around = prefix.length + suffix.length;
  const length = Math.min(Math.max(TOKEN_LENGTH, minLength - around), maxLength - around, longest);
  if (length < (masked.isUnique ? DISTINCT_LENGTH : 1)) return TOO_SHORT;
  if (length + around < minLength) return 'needs a smaller minLength';
  return (value, at) => `${prefix}${random.text(length, 'token', value, at)}${suffix}`;
}

function keepsFormat({ field: { type }, rule }: MaskedField): boolean {
  if (type === 'phone') return true;
  const isToken = rule.strategy === 'hash' || rule.strategy === 'tokenize';
  const isAsked = rule.preserveFormat !== false && rule.preserveLength !== false;
  return isAsked && !isToken && type !== 'email' && type !== 'url' && !MARKUP.has(type);
}

function pseudonyms(random: KeyedRandom, masked: MaskedField): Text | string {
  if (!keepsFormat(masked)) return tokens(random, masked);
  const { maxLength = Number.POSITIVE_INFINITY } = masked.field;
  return (value, at) => {
    const text = maskText(random, value, at);
    const isAddress = z.regexes.email.test(value) && text.length + EMAIL_SUFFIX.length <= maxLength;
    return isAddress ? `${text.replace('@', '+')}${EMAIL_SUFFIX}` : text;
  };
}

const hidden = (text: string) => text.replace(/[\p{L}\p{M}\p{N}]/gu, '*');

/** Shows at most the last quarter of the characters. */
function partly(text: string): string {
  const characters = [...text];
  const shown = Math.min(MOST_SHOWN, Math.floor(characters.length / 4));
  const at = characters.length - shown;
  return hidden(characters.slice(0, at).join('')) + characters.slice(at).join('');
}

function partlyShownEmail(text: string): string {
  const [local = ''] = text.split('@');
  const [first = ''] = local.length >= MOST_SHOWN ? local : '';
  return `${first}${'x'.repeat(Math.max(1, local.length - first.length))}${EMAIL_SUFFIX}`;
}

function partial({
  field: { type, maxLength = Number.POSITIVE_INFINITY },
  rule,
}: MaskedField): Text | string {
  if (rule.pattern !== undefined)
    return 'has a pattern, whose syntax is not defined; omit it to show the last quarter of the value';
  if (type === 'url' || MARKUP.has(type)) return `cannot show a part of a value of type ${type}`;
  if (type !== 'email') return partly;
  return (value) => {
    const text = partlyShownEmail(value);
    return text.length <= maxLength ? text : text.slice(text.length - maxLength);
  };
}

function redacted({ field, rule }: MaskedField): Text | string {
  const { type, minLength = 0, maxLength = Number.POSITIVE_INFINITY } = field;
  if (type === 'email' || type === 'url') {
    const text = type === 'email' ? `redacted${EMAIL_SUFFIX}` : URL_PREFIX.padEnd(minLength, 'x');
    if (text.length > maxLength) return TOO_SHORT;
    return text.length < minLength ? 'needs a smaller minLength' : () => text;
  }
  const lengthOf = (value: string) =>
    rule.preserveLength === false
      ? Math.min(Math.max(REDACTED_LENGTH, minLength), maxLength)
      : [...value].length;
  return (value) => '*'.repeat(lengthOf(value));
}

const NEVER_DISTINCT: ReadonlySet<string> = new Set(['redact', 'partial']);

function textMask(random: KeyedRandom, masked: MaskedField): Text | string {
  const { rule, isUnique } = masked;
  if (isUnique && NEVER_DISTINCT.has(rule.strategy)) return NOT_UNIQUE;
  if (rule.strategy === 'redact') return redacted(masked);
  if (rule.strategy === 'partial') return partial(masked);
  return pseudonyms(random, masked);
}

/** A mask of texts. An empty text says nothing and is kept. */
export function maskOfText(random: KeyedRandom, masked: MaskedField): MaskOrProblem {
  const mask = textMask(random, masked);
  if (typeof mask === 'string') return mask;
  const varies = variesByRecord(masked);
  const given = masked.ignoresCase ? foldCase : (text: string) => text;
  return (value, at) =>
    typeof value === 'string' && value !== '' ? mask(given(value), varies ? at : '') : value;
}
