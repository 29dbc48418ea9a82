import type { InStatement, InValue, ResultSet } from '@libsql/client';
import type { SqlResult, SqlStatement, SqlValue } from '@objectstack/spec/contracts';

/** The client binds every number as REAL; an integer has to go in as a BigInt to stay one. */
function toBound(value: SqlValue): InValue {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
  if (typeof value === 'boolean') return value ? 1n : 0n;
  return value;
}

export function toInStatement(statement: SqlStatement): InStatement {
  return { sql: statement.sql, args: (statement.args ?? []).map(toBound) };
}

/** Reads values by position: a column named `length` hides behind the row's own property. */
export function toResult(result: ResultSet): SqlResult {
  const { columns } = result;
  const rows = result.rows.map((row) => {
    const record: Record<string, SqlValue> = {};
    for (let index = 0; index < columns.length; index++) {
      const value = row[index] as SqlValue | ArrayBuffer;
      record[columns[index] as string] = value instanceof ArrayBuffer ? new Uint8Array(value) : value;
    }
    return record;
  });
  return { rows, rowsAffected: result.rowsAffected };
}
