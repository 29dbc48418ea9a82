import type { SqlResult, SqlStatement } from '@objectstack/spec/contracts';
import { throwIfAborted, yieldToEventLoop } from '@objectstack/spec/shared';
import type { AtomicRequest } from './connection.js';
import type { NativeClient } from './native-client.js';
import { retryAfterExplain } from './retry-after-explain.js';
import { toBoundStatement } from './to-bound.js';

interface Batch {
  readonly statements: readonly SqlStatement[];
  readonly request: AtomicRequest;
}

/** Whether the client enforces foreign keys again. Setting a PRAGMA can silently have no effect, so it is read back. */
function enforceForeignKeys(client: NativeClient): boolean {
  try {
    client.execute('PRAGMA foreign_keys = ON');
    const { rows } = client.execute('PRAGMA foreign_keys');
    return rows[0]?.foreign_keys === 1;
  } catch {
    return false;
  }
}

/** The same error with the index of the failed statement. */
const failedAt = (error: unknown, statementIndex: number): unknown =>
  error instanceof Error ? Object.assign(error, { statementIndex }) : error;

/**
 * Runs all statements in one transaction. Yields to timers and sockets between statements, and rolls back there if the
 * call was aborted.
 */
async function runInTransaction(client: NativeClient, { statements, request }: Batch): Promise<SqlResult[]> {
  const bound = statements.map(toBoundStatement);
  client.begin(request.mode);
  try {
    const results: SqlResult[] = [];
    for (const [index, statement] of bound.entries()) {
      await yieldToEventLoop();
      throwIfAborted(request.signal);
      try {
        results.push(await retryAfterExplain(() => client.executeInsideInTurns(statement)));
      } catch (error) {
        throw failedAt(error, index);
      }
    }
    client.commit();
    return results;
  } finally {
    client.end();
  }
}

/** Runs a batch on a client that is not used concurrently. `broken` is called if the client must not be used again. */
export async function runBatch(
  client: NativeClient,
  { broken, ...batch }: Batch & { readonly broken: () => void },
): Promise<SqlResult[]> {
  const isOff = batch.request.foreignKeys === 'off';
  if (isOff) client.execute('PRAGMA foreign_keys = OFF');
  try {
    return await runInTransaction(client, batch);
  } finally {
    if (isOff && !enforceForeignKeys(client)) broken();
  }
}
