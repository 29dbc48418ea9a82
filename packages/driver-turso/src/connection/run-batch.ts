import type { SqlResult, SqlStatement } from '@objectstack/spec/contracts';
import { throwIfAborted, yieldToEventLoop } from '@objectstack/spec/shared';
import type { AtomicRequest } from './connection.js';
import { groupsOf } from './groups-of.js';
import { isBusy } from './map-error.js';
import type { NativeClient } from './native-client.js';
import { retryAfterExplain } from './retry-after-explain.js';
import { type BoundStatement, toBoundStatement } from './to-bound.js';

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

/** Thrown instead of the error of a group of statements, because it does not tell which one failed. */
class FailedGroup extends Error {}

function runGroup(client: NativeClient, group: readonly BoundStatement[]): SqlResult[] {
  try {
    client.executeAllInside(group.map(({ sql }) => sql));
  } catch (error) {
    throw isBusy(error) ? error : new FailedGroup();
  }
  return group.map(() => ({ rows: [], rowsAffected: 0 }));
}

/**
 * Runs all statements in one transaction. Yields to timers and sockets between groups of statements, and rolls back there if
 * the call was aborted.
 */
async function runInTransaction(
  client: NativeClient,
  groups: readonly (readonly BoundStatement[])[],
  { mode, signal }: AtomicRequest,
): Promise<SqlResult[]> {
  client.begin(mode);
  try {
    const results: SqlResult[] = [];
    for (const group of groups) {
      await yieldToEventLoop();
      throwIfAborted(signal);
      const [first, ...others] = group;
      if (others.length > 0) results.push(...runGroup(client, group));
      else if (first) results.push(await runOne(client, first, results.length));
    }
    client.commit();
    return results;
  } finally {
    client.end();
  }
}

async function runOne(client: NativeClient, statement: BoundStatement, index: number): Promise<SqlResult> {
  try {
    return await retryAfterExplain(() => client.executeInsideInTurns(statement));
  } catch (error) {
    throw failedAt(error, index);
  }
}

/** If a group fails, its transaction is rolled back, and what is reported is how the statements fare one by one. */
async function runStatements(client: NativeClient, { statements, request }: Batch): Promise<SqlResult[]> {
  const bound = statements.map(toBoundStatement);
  try {
    return await runInTransaction(client, groupsOf(bound), request);
  } catch (error) {
    if (!(error instanceof FailedGroup)) throw error;
  }
  const single = bound.map((statement) => [statement]);
  return runInTransaction(client, single, request);
}

/** Runs a batch on a client that is not used concurrently. `broken` is called if the client must not be used again. */
export async function runBatch(
  client: NativeClient,
  { broken, ...batch }: Batch & { readonly broken: () => void },
): Promise<SqlResult[]> {
  const isOff = batch.request.foreignKeys === 'off';
  if (isOff) client.execute('PRAGMA foreign_keys = OFF');
  try {
    return await runStatements(client, batch);
  } finally {
    if (isOff && !enforceForeignKeys(client)) broken();
  }
}
