import type { InStatement, InValue, ResultSet } from '@libsql/client';
import type { SqlResult, SqlStatement, SqlValue } from '@objectstack/spec/contracts';
import { isStorableText } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';

const SMALLEST_INTEGER = -(2n ** 63n);
const LARGEST_INTEGER = 2n ** 63n - 1n;

function unbindable(reason: string): ObjectStackError {
  return new ObjectStackError({
    code: 'sql_error',
    message: 'A bound value cannot be stored.',
    details: { reason },
  });
}

/** The client binds every number as REAL, so an integer must be bound as a BigInt. */
export function toBound(value: SqlValue): InValue {
  if (value === null || value instanceof Uint8Array) return value;
  if (typeof value === 'string') {
    if (!isStorableText(value)) throw unbindable('text with NUL or half of a surrogate pair');
    return value;
  }
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value === 'bigint') {
    if (value < SMALLEST_INTEGER || value > LARGEST_INTEGER) throw unbindable('integer of more than 64 bits');
    return value;
  }
  if (!Number.isFinite(value)) throw unbindable('not a finite number, text, boolean, null or bytes');
  return Number.isSafeInteger(value) ? BigInt(value) : value;
}

export function toInStatement(statement: SqlStatement): InStatement {
  return { sql: statement.sql, args: (statement.args ?? []).map(toBound) };
}

const RETURNS_ROWS = /^\s*(insert|update|delete|replace|with)\b[\s\S]*\breturning\b/i;

/** The client does not count rows that a statement both changes and returns. */
function affected({ rows, rowsAffected }: ResultSet, sql: string): number {
  return rowsAffected === 0 && rows.length > 0 && RETURNS_ROWS.test(sql) ? rows.length : rowsAffected;
}

/** Reads values by position, because a column named `length` is shadowed by the row's own property. */
export function toResult(result: ResultSet, sql = ''): SqlResult {
  const { columns } = result;
  const rows = result.rows.map((row) => {
    const record: Record<string, SqlValue> = {};
    for (let index = 0; index < columns.length; index++) {
      const value = row[index] as SqlValue | ArrayBuffer;
      record[columns[index] as string] = value instanceof ArrayBuffer ? new Uint8Array(value) : value;
    }
    return record;
  });
  return { rows, rowsAffected: affected(result, sql) };
}
