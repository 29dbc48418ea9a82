import type { Field } from './field.zod.js';
import { isList, storageOf } from './field-storage.js';
import type { ObjectDefinition } from './object.zod.js';
import { SYSTEM_FIELDS } from './system-fields.js';

/** Part of the text around the number. */
export type AutonumberPart =
  | { readonly kind: 'literal'; readonly text: string }
  /** Digits of the UTC date of the write, for example `YYYYMMDD`. */
  | { readonly kind: 'date'; readonly pattern: string }
  /** Value of a field of the same record at its creation. */
  | { readonly kind: 'field'; readonly field: string };

/** Format of an autonumber such as `INV-{YYYY}-{0000}`: the text around the number and its minimum number of digits. */
export interface AutonumberFormat {
  readonly before: readonly AutonumberPart[];
  readonly digits: number;
  readonly after: readonly AutonumberPart[];
}

/** An invalid part of a format. */
export interface AutonumberProblem {
  readonly token: string;
  readonly problem: 'unclosed' | 'unopened' | 'unknown_token' | 'second_number' | 'too_many_digits';
}

/** A number found in its rendered text. */
export interface ReadAutonumber {
  readonly number: number;
  /** Identifies the counter; empty for a format without tokens, which has a single counter. */
  readonly scope: string;
}

type Values = Readonly<Record<string, unknown>>;

const TOKEN = /\{([^{}]*)\}|[{}]|[^{}]+/g;
const NUMBER = /^0+$/;
const DATE = /^(?:YY|MM|DD)+$/;
const DATE_UNIT = /YYYY|YY|MM|DD/g;
const MOST_DIGITS = 15;
const FIELD_ENCODINGS: ReadonlySet<string> = new Set(['text', 'number', 'date']);

/** Common date tokens, for suggestions. */
export const AUTONUMBER_DATE_TOKENS = ['YYYY', 'YY', 'MM', 'DD', 'YYYYMM', 'YYYYMMDD', 'YYMMDD'] as const;

/** Returns whether the format of an autonumber can include the value of the field. */
export function isAutonumberTokenField(field: Pick<Field, 'type' | 'multiple'> | undefined): boolean {
  if (!field || field.type === 'autonumber' || field.type === 'password' || isList(field)) return false;
  return FIELD_ENCODINGS.has(storageOf(field).encoding);
}

/**
 * Returns whether the format of an autonumber of the object can include the value of the named field. An integer id is not known
 * when the number is assigned.
 */
export function isAutonumberToken(
  name: string,
  { fields, idType }: Pick<ObjectDefinition, 'fields' | 'idType'>,
): boolean {
  if (name === 'id' && idType === 'integer') return false;
  const known: Readonly<Record<string, Field>> = Object.hasOwn(SYSTEM_FIELDS, name) ? SYSTEM_FIELDS : fields;
  return isAutonumberTokenField(Object.hasOwn(known, name) ? known[name] : undefined);
}

/** Returns the format of an autonumber field, which is its `autonumberFormat` or `format`. */
export function autonumberFormatText({ autonumberFormat, format }: Field): string {
  return autonumberFormat ?? format ?? '';
}

function readToken(content: string, isTokenField: (name: string) => boolean): AutonumberPart | null {
  if (DATE.test(content)) return { kind: 'date', pattern: content };
  return isTokenField(content) ? { kind: 'field', field: content } : null;
}

/**
 * Parses the format of an autonumber. If it has no placeholder for the number, the number is appended. An invalid part
 * is reported, and treated as literal text in the returned format.
 */
export function parseAutonumberFormat(
  text: string,
  isTokenField: (name: string) => boolean,
): { format: AutonumberFormat; problems: AutonumberProblem[] } {
  const before: AutonumberPart[] = [];
  const after: AutonumberPart[] = [];
  const problems: AutonumberProblem[] = [];
  let digits: number | undefined;
  for (const [token, content] of text.matchAll(TOKEN)) {
    if (
      content !== undefined &&
      NUMBER.test(content) &&
      content.length <= MOST_DIGITS &&
      digits === undefined
    ) {
      digits = content.length;
      continue;
    }
    const parts = digits === undefined ? before : after;
    const part = content === undefined ? null : readToken(content, isTokenField);
    parts.push(part ?? { kind: 'literal', text: token });
    const problem = part ? null : problemOf(token, content);
    if (problem) problems.push({ token, problem });
  }
  return { format: { before, digits: digits ?? 1, after }, problems };
}

function problemOf(token: string, content: string | undefined): AutonumberProblem['problem'] | null {
  if (token === '{') return 'unclosed';
  if (token === '}') return 'unopened';
  if (content === undefined) return null;
  if (!NUMBER.test(content)) return 'unknown_token';
  return content.length > MOST_DIGITS ? 'too_many_digits' : 'second_number';
}

const DIGITS_OF: Readonly<Record<string, (now: string) => string>> = {
  YYYY: (now) => now.slice(0, 4),
  YY: (now) => now.slice(2, 4),
  MM: (now) => now.slice(5, 7),
  DD: (now) => now.slice(8, 10),
};

const textOf = (value: unknown) => (value === null || value === undefined ? '' : String(value));

function render(parts: readonly AutonumberPart[], now: string, values: Values): string {
  return parts
    .map((part) => {
      if (part.kind === 'literal') return part.text;
      if (part.kind === 'field') return textOf(Object.hasOwn(values, part.field) ? values[part.field] : null);
      return part.pattern.replace(DATE_UNIT, (unit) => DIGITS_OF[unit]?.(now) ?? '');
    })
    .join('');
}

const hasTokens = ({ before, after }: AutonumberFormat) =>
  [...before, ...after].some(({ kind }) => kind !== 'literal');

const scopeOf = (format: AutonumberFormat, before: string, after: string) =>
  hasTokens(format) ? `${before}{0}${after}` : '';

/**
 * Returns the text before and after the number in the autonumber of a record that is created at `now` (ISO 8601, UTC),
 * and the identifier of its counter.
 */
export function renderAutonumber(
  format: AutonumberFormat,
  now: string,
  values: Values,
): { before: string; after: string; scope: string } {
  const before = render(format.before, now, values);
  const after = render(format.after, now, values);
  return { before, after, scope: scopeOf(format, before, after) };
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

function pattern(parts: readonly AutonumberPart[], values: Values | null): string {
  return parts
    .map((part) => {
      if (part.kind === 'literal') return escaped(part.text);
      if (part.kind === 'date') return `\\d{${part.pattern.length}}`;
      return values ? escaped(textOf(values[part.field])) : '.*';
    })
    .join('');
}

function match(
  format: AutonumberFormat,
  text: string,
  { values, digits }: { values: Values | null; digits: number },
): ReadAutonumber | null {
  const [before, after] = [pattern(format.before, values), pattern(format.after, values)];
  const found = new RegExp(`^(${before})(\\d{${digits},${MOST_DIGITS}})(${after})$`, 'su').exec(text);
  if (!found) return null;
  return { number: Number(found[2]), scope: scopeOf(format, found[1] ?? '', found[3] ?? '') };
}

/**
 * Returns the number in an autonumber of this format, or null if the value has another format. The values of the
 * record, if known, determine where the value of a field ends and the number starts.
 */
export function readAutonumber(
  format: AutonumberFormat,
  text: string,
  values: Values = {},
): ReadAutonumber | null {
  return (
    match(format, text, { values, digits: 1 }) ??
    match(format, text, { values: null, digits: format.digits }) ??
    match(format, text, { values: null, digits: 1 })
  );
}
