import type { SqlResult, SqlValue } from '@objectstack/spec/contracts';
import { assertListOf } from '@objectstack/spec/drivers';
import type { Connection } from './connection/connection.js';
import { driverError } from './driver-error.js';

/**
 * Beginnings of permitted statements. All others could end the transaction of the call, change the settings of the
 * connection or reach beyond the database, such as COMMIT, SET, COPY and CREATE EXTENSION. Functions are restricted by the
 * privileges of the role.
 */
const PERMITTED = [
  /^\(*\s*(SELECT|VALUES|TABLE|WITH)\b/i,
  /^(INSERT|UPDATE|DELETE|MERGE|EXPLAIN)\b/i,
  /^CREATE\s+(UNLOGGED\s+)?TABLE\b/i,
  /^CREATE\s+(UNIQUE\s+)?INDEX\b/i,
  /^CREATE\s+(OR\s+REPLACE\s+)?VIEW\b/i,
  /^(ALTER|DROP)\s+(TABLE|INDEX|VIEW)\b/i,
];

const CHANGES = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

const isValue = (value: unknown): value is SqlValue =>
  value === null ||
  ['string', 'number', 'bigint', 'boolean'].includes(typeof value) ||
  value instanceof Uint8Array;

function assertValue(value: unknown, path: string): void {
  if (!isValue(value)) throw driverError('invalid_request', { path });
}

/** Throws `not_allowed` unless the statement is permitted. */
export function assertPermitted(statement: unknown): asserts statement is string {
  if (typeof statement !== 'string') throw driverError('invalid_request', { path: '/sql' });
  const text = statement.trim();
  if (PERMITTED.some((pattern) => pattern.test(text))) return;
  const [word = ''] = /^\w+/.exec(text) ?? [];
  throw driverError('not_allowed', { name: word.toUpperCase() });
}

/** Runs one statement unchanged. */
export async function executeRaw(connection: Connection, text: string, args: unknown): Promise<SqlResult> {
  assertListOf(args, '/args', assertValue);
  const { rows, count, command } = await connection.query({ text, values: args });
  return { rows: rows as SqlResult['rows'], rowsAffected: CHANGES.has(command) ? count : 0 };
}
