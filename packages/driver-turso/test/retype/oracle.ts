/*
 * The result of changing the type of a field, in plain JavaScript, according to the reference of what each type stores.
 * It shares no code and no table with the migrations that it verifies. A value either is the same value in the form of
 * the other type, or it does not fit; values are not rounded, truncated or guessed.
 */

export interface FieldType {
  readonly type: string;
  readonly multiple: boolean;
}

/** What becomes of a value: another one, `MISFIT`, or `NOT_STORED` where the field has no column. */
export const MISFIT = Symbol('misfit');
export const NOT_STORED = Symbol('not stored');
export type Outcome = unknown | typeof MISFIT | typeof NOT_STORED;

type Kind = 'text' | 'number' | 'boolean' | 'date' | 'datetime' | 'time' | 'json' | 'computed';

const KINDS: Readonly<Record<Exclude<Kind, 'text'>, readonly string[]>> = {
  number: ['number', 'currency', 'percent', 'rating', 'slider', 'progress'],
  boolean: ['boolean', 'toggle'],
  date: ['date'],
  datetime: ['datetime'],
  time: ['time'],
  json: [
    ...['image', 'file', 'avatar', 'video', 'audio', 'signature', 'location', 'address', 'json', 'vector'],
    ...['composite', 'repeater', 'record'],
  ],
  computed: ['formula', 'summary'],
};
const LISTS_OF_TEXT = ['multiselect', 'checkboxes', 'tags'];

const kindOf = (type: string) =>
  (Object.keys(KINDS) as (keyof typeof KINDS)[]).find((kind) => KINDS[kind].includes(type)) ?? 'text';
export const isComputed = ({ type }: FieldType) => kindOf(type) === 'computed';

/** A field that holds the same and is stored alike. */
export function likeOf(field: FieldType): FieldType {
  const { type, multiple } = field;
  if (isComputed(field)) return { type: 'formula', multiple: false };
  if (isList(field) && kindOf(type) === 'text') return { type: 'tags', multiple: false };
  const [first = type] = kindOf(type) === 'text' ? ['text'] : KINDS[kindOf(type) as keyof typeof KINDS];
  return { type: type === 'json' ? type : first, multiple };
}

const isList = ({ type, multiple }: FieldType) => multiple || LISTS_OF_TEXT.includes(type);

/** Digits and power of ten, by which two spellings of one decimal number are equal. */
function decimalOf(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const cut = digits.replace(/0+$/, '');
  if (cut === '') return '0';
  return `${sign}${cut}e${BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - cut.length)}`;
}

/** A number as JSON has it, with blanks around it at most; one that has more digits than a double is another number. */
function numberIn(given: string): Outcome {
  const text = given.replace(/^[ \t\n\r]+|[ \t\n\r]+$/g, '');
  if (!/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text)) return MISFIT;
  const number = Number(text);
  if (!Number.isFinite(number) || decimalOf(String(number)) !== decimalOf(text)) return MISFIT;
  return number === 0 ? 0 : number;
}

const BOOLEANS = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

function isCalendarDay(text: string): boolean {
  const [, year, month, day] = (/^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined) return false;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return day >= 1 && day <= days;
}

const INSTANT = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(?:Z|([+-])(\d\d):(\d\d))$/;

/** An instant of the years 0 to 9999, to the millisecond. */
function instantIn(text: string): Outcome {
  const match = INSTANT.exec(text);
  if (!match || !isCalendarDay(match[1] ?? '')) return MISFIT;
  const [hour, minute, second, offsetHour, offsetMinute] = [2, 3, 4, 7, 8].map((part) =>
    Number(match[part] ?? 0),
  ) as [number, number, number, number, number];
  const fraction = (match[5] ?? '').padEnd(9, '0');
  const isEndOfDay = hour === 24 && minute === 0 && second === 0 && Number(fraction) === 0;
  if ((hour > 23 && !isEndOfDay) || minute > 59 || second > 59 || offsetHour > 23 || offsetMinute > 59)
    return MISFIT;
  const offset = (match[6] === '-' ? -1 : 1) * (offsetHour * 60 + offsetMinute);
  const minutes = hour * 60 + minute - offset;
  const time =
    Date.parse(`${match[1]}T00:00:00Z`) + (minutes * 60 + second) * 1000 + Number(fraction.slice(0, 3));
  const written = new Date(time).toISOString();
  return /^\d{4}-/.test(written) ? written : MISFIT;
}

const MIDNIGHT = 'T00:00:00.000Z';
const cutMidnight = (instant: Outcome): Outcome =>
  typeof instant === 'string' && instant.endsWith(MIDNIGHT) ? instant.slice(0, 10) : MISFIT;

function timeIn(text: string): Outcome {
  const match = /^(\d\d):(\d\d)(:\d\d)?$/.exec(text);
  if (!match) return MISFIT;
  const [hour, minute, second] = text.split(':').map(Number) as [number, number, number?];
  return hour > 23 || minute > 59 || (second ?? 0) > 59 ? MISFIT : `${text}${match[3] ? '' : ':00'}`;
}

const FROM_TEXT: Readonly<Record<Exclude<Kind, 'json' | 'computed'>, (text: string) => Outcome>> = {
  text: (text) => (/[\0\p{Surrogate}]/u.test(text) ? MISFIT : text),
  number: numberIn,
  boolean: (text) => BOOLEANS.get(text) ?? MISFIT,
  date: (text) => (isCalendarDay(text) ? text : cutMidnight(instantIn(text))),
  datetime: instantIn,
  time: timeIn,
};

/** A value as its own type has it: items of lists are kept as they were spelled. */
function normal(value: unknown, kind: Kind): Outcome {
  const isSpelled = kind === 'date' || kind === 'datetime' || kind === 'time';
  return isSpelled ? FROM_TEXT[kind](String(value)) : value;
}

/** One value that is no list. */
function one(value: unknown, from: Kind, to: Kind): Outcome {
  if (to === 'json') return value;
  if (to === 'computed' || from === 'computed') return NOT_STORED;
  if (to === 'text')
    return typeof value === 'object' || (from === 'json' && typeof value !== 'string')
      ? MISFIT
      : FROM_TEXT.text(String(value));
  if (from === 'json') {
    if (to === 'number' || to === 'boolean') return typeof value === to ? value : MISFIT;
    return typeof value === 'string' ? FROM_TEXT[to](value) : MISFIT;
  }
  if (from === 'text') return FROM_TEXT[to](String(value));
  const own = normal(value, from);
  if (from === to || own === MISFIT) return own;
  if (from === 'number' && to === 'boolean') return own === 0 || own === 1 ? own === 1 : MISFIT;
  if (from === 'boolean' && to === 'number') return Number(own);
  if (from === 'date' && to === 'datetime') return `${own}${MIDNIGHT}`;
  return from === 'datetime' && to === 'date' ? cutMidnight(own) : MISFIT;
}

/**
 * Every item, none of which may be empty. What was JSON already is stored as it is, if a write of the list would take
 * it.
 */
function each(items: readonly unknown[], from: Kind, to: Kind): Outcome {
  const made = items.map((item) => {
    if (item === null) return MISFIT;
    const isInstant = from === 'json' && to === 'date' && one(item, from, 'datetime') !== MISFIT;
    return isInstant ? item : one(item, from, to);
  });
  if (made.includes(MISFIT)) return MISFIT;
  return from === 'json' ? items : made;
}

/** Whether a field holds one JSON value of a shape of its own, such as a place, and not just any. */
const isShaped = (kind: Kind, { type }: FieldType) => kind === 'json' && type !== 'json';

/** What becomes of a value that was read from a field of one type when the field is of another. */
export function expected(value: unknown, before: FieldType, after: FieldType): Outcome {
  const [from, to] = [before, after].map(({ type }) => kindOf(type)) as [Kind, Kind];
  if (to === 'computed') return NOT_STORED;
  if (value === null || from === 'computed') return null;
  if (isList(before)) {
    const items = value as unknown[];
    if (isList(after)) return from === to ? items : each(items, from, to);
    // A list is JSON, too; but a list of places is no place.
    if (to === 'json' && !(from === 'json' && isShaped(to, after))) return items;
    if (items.length > 1) return MISFIT;
    return items.length === 0 ? null : one(items[0], from, to);
  }
  if (!isList(after)) return one(value, from, to);
  const isWhole = !Array.isArray(value) || (to === 'json' && isShaped(from, before));
  return each(isWhole ? [value] : value, from, to);
}
