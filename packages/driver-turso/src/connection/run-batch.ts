import type { Client } from '@libsql/client';
import type { SqlResult, SqlStatement } from '@objectstack/spec/contracts';
import type { AtomicRequest } from './connection.js';
import { toInStatement, toResult } from './sql-values.js';

/** Whether the client enforces foreign keys again; setting a PRAGMA can do nothing without an error, so it is read back. */
async function enforceForeignKeys(client: Client): Promise<boolean> {
  try {
    await client.execute('PRAGMA foreign_keys = ON');
    const { rows } = await client.execute('PRAGMA foreign_keys');
    return rows[0]?.[0] === 1;
  } catch {
    return false;
  }
}

/** Runs a batch on a client that nobody else uses meanwhile; `broken` hears that nobody may use it again. */
export async function runBatch(
  client: Client,
  {
    statements,
    request,
    broken,
  }: { statements: readonly SqlStatement[]; request: AtomicRequest; broken: () => void },
): Promise<SqlResult[]> {
  const isOff = request.foreignKeys === 'off';
  if (isOff) await client.execute('PRAGMA foreign_keys = OFF');
  try {
    const results = await client.batch(statements.map(toInStatement), request.mode);
    return results.map((result, index) => toResult(result, statements[index]?.sql));
  } finally {
    if (isOff && !(await enforceForeignKeys(client))) broken();
  }
}
