import type { FieldEncoding, FieldValueModel } from '@objectstack/spec/data';
import type { JsonValue } from '@objectstack/spec/shared';

/** A value as PostgreSQL stores it in a column. */
type ColumnValue = string | number | boolean | null;

interface ColumnType {
  readonly type: string;
  /** Converts an encoded value of the protocol. */
  readonly toColumn: (encoded: string | number) => ColumnValue;
  /** Converts a value of a result. */
  readonly fromColumn: (value: unknown) => JsonValue;
}

const DATE = /^(\d{4})-(\d\d-\d\d)(?:[ T](\d\d:\d\d:\d\d)(\.\d+)?\+00(?::00)?)?( BC)?$/;

/** Dates and timestamps in the format of the protocol. PostgreSQL calls the year 0 the year 1 BC. */
function fromDate(value: unknown): string {
  const [, year, day, time, fraction = '.', isBefore] = DATE.exec(String(value)) ?? [];
  const date = `${isBefore ? '0000' : year}-${day}`;
  return time === undefined ? date : `${date}T${time}${fraction.padEnd(4, '0')}Z`;
}

const toDate = (encoded: string | number): string => {
  const text = String(encoded);
  return text.startsWith('0000-') ? `0001${text.slice(4)} BC` : text;
};

const same = (encoded: string | number) => encoded;
const fromText = (value: unknown) => String(value);

const LIST: ColumnType = {
  type: 'JSONB',
  toColumn: same,
  fromColumn: (value) => JSON.parse(String(value)) as JsonValue,
};

const TYPES: Readonly<Record<Exclude<FieldEncoding, 'computed'>, ColumnType>> = {
  /** The collation compares bytes, whatever that of the database is. */
  text: { type: 'TEXT COLLATE "C"', toColumn: same, fromColumn: fromText },
  number: { type: 'DOUBLE PRECISION', toColumn: same, fromColumn: Number },
  boolean: { type: 'BOOLEAN', toColumn: (encoded) => encoded === 1, fromColumn: (value) => value === true },
  date: { type: 'DATE', toColumn: toDate, fromColumn: fromDate },
  datetime: { type: 'TIMESTAMPTZ(3)', toColumn: toDate, fromColumn: fromDate },
  time: { type: 'TIME(0)', toColumn: same, fromColumn: fromText },
  /** Not JSONB, which rejects some texts, such as those with a NUL character. */
  json: { ...LIST, type: 'JSON' },
};

/** How the values of a field are stored; undefined if they are not. */
export function columnTypeOf({ storage, isList }: FieldValueModel): ColumnType | undefined {
  if (storage.encoding === 'computed') return undefined;
  return isList ? LIST : TYPES[storage.encoding];
}
