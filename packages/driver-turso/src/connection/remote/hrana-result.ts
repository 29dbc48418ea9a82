import type { SqlResult, SqlStatement, SqlValue } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { isSameNumber } from '../is-same-number.js';
import { type BoundValue, toBound } from '../to-bound.js';

/** A value in Hrana, the protocol of libSQL servers over HTTP. */
type HranaValue =
  | { readonly type: 'null' }
  | { readonly type: 'integer'; readonly value: string }
  | { readonly type: 'float'; readonly value: number }
  | { readonly type: 'text'; readonly value: string }
  | { readonly type: 'blob'; readonly base64: string };

export interface HranaStatement {
  readonly sql: string;
  readonly args: readonly HranaValue[];
  readonly want_rows: boolean;
}

export interface HranaResult {
  readonly cols: readonly { readonly name?: string | null }[];
  readonly rows: readonly (readonly HranaValue[])[];
  readonly affected_row_count: number;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const IS_VALUE: Readonly<Record<string, (value: Record<string, unknown>) => boolean>> = {
  null: () => true,
  integer: ({ value }) => typeof value === 'string' && /^-?\d{1,19}$/.test(value),
  float: ({ value }) => typeof value === 'number',
  text: ({ value }) => typeof value === 'string',
  blob: ({ base64 }) => typeof base64 === 'string',
};

const isValue = (value: unknown): boolean =>
  isObject(value) && typeof value.type === 'string' && IS_VALUE[value.type]?.(value) === true;

/** Whether a value from a server is a result whose rows match its columns. */
export function isHranaResult(value: unknown): value is HranaResult {
  if (!isObject(value)) return false;
  const { cols, rows, affected_row_count } = value;
  if (!Array.isArray(cols) || !cols.every(isObject) || !Array.isArray(rows)) return false;
  if (!Number.isSafeInteger(affected_row_count)) return false;
  return rows.every((row) => Array.isArray(row) && row.length === cols.length && row.every(isValue));
}

function toHrana(value: BoundValue): HranaValue {
  if (value === null) return { type: 'null' };
  if (typeof value === 'bigint') return { type: 'integer', value: String(value) };
  if (typeof value === 'number') return { type: 'float', value };
  if (typeof value === 'string') return { type: 'text', value };
  return { type: 'blob', base64: Buffer.from(value).toString('base64') };
}

function toInteger(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) || isSameNumber(value, BigInt(text))) return value;
  throw new ObjectStackError({
    code: 'sql_error',
    message: 'The database refused a statement.',
    details: {
      sqliteCode: '',
      reason: 'an integer of more than 53 bits, which CAST(column AS TEXT) returns',
    },
  });
}

function fromHrana(value: HranaValue): SqlValue {
  switch (value.type) {
    case 'null':
      return null;
    case 'integer':
      return toInteger(value.value);
    case 'blob':
      return new Uint8Array(Buffer.from(value.base64, 'base64'));
    default:
      return value.value;
  }
}

export function toHranaStatement({ sql, args = [] }: SqlStatement): HranaStatement {
  return { sql, args: args.map((value) => toHrana(toBound(value))), want_rows: true };
}

/** Throws `sql_error` for an integer that no number equals, as for a local file. */
export function toSqlResult({ cols, rows, affected_row_count }: HranaResult): SqlResult {
  const names = cols.map(({ name }) => String(name ?? ''));
  return {
    rows: rows.map((row) =>
      Object.fromEntries(row.map((value, index) => [names[index] ?? '', fromHrana(value)])),
    ),
    rowsAffected: affected_row_count,
  };
}
