import type { Client } from '@libsql/client';
import type { SqlResult, SqlStatement } from '@objectstack/spec/contracts';
import { breathe, throwIfAborted } from '@objectstack/spec/shared';
import { afterExplained } from './after-explained.js';
import type { AtomicRequest } from './connection.js';
import { toInStatement, toResult } from './to-bound.js';

interface Batch {
  readonly statements: readonly SqlStatement[];
  readonly request: AtomicRequest;
}

/** Whether the client enforces foreign keys again. Setting a PRAGMA can silently have no effect, so it is read back. */
async function enforceForeignKeys(client: Client): Promise<boolean> {
  try {
    await client.execute('PRAGMA foreign_keys = ON');
    const { rows } = await client.execute('PRAGMA foreign_keys');
    return rows[0]?.[0] === 1;
  } catch {
    return false;
  }
}

/** The same error with the index of the failed statement. */
const failedAt = (error: unknown, statementIndex: number): unknown =>
  error instanceof Error ? Object.assign(error, { statementIndex }) : error;

/**
 * Runs all statements in one transaction. The client's own `batch` blocks the event loop until the last statement; this
 * function yields to timers and sockets between statements, and rolls back there if the call was aborted.
 */
async function runInTransaction(client: Client, { statements, request }: Batch): Promise<SqlResult[]> {
  const prepared = statements.map(toInStatement);
  const transaction = await client.transaction(request.mode);
  try {
    const results: SqlResult[] = [];
    for (const [index, statement] of prepared.entries()) {
      await breathe();
      throwIfAborted(request.signal);
      try {
        const result = await afterExplained(() => transaction.execute(statement));
        results.push(toResult(result, statements[index]?.sql));
      } catch (error) {
        throw failedAt(error, index);
      }
    }
    await transaction.commit();
    return results;
  } finally {
    transaction.close();
  }
}

/** Runs a batch on a client that is not used concurrently. `broken` is called if the client must not be used again. */
export async function runBatch(
  client: Client,
  { broken, ...batch }: Batch & { readonly broken: () => void },
): Promise<SqlResult[]> {
  const isOff = batch.request.foreignKeys === 'off';
  if (isOff) await client.execute('PRAGMA foreign_keys = OFF');
  try {
    return await runInTransaction(client, batch);
  } finally {
    if (isOff && !(await enforceForeignKeys(client))) broken();
  }
}
