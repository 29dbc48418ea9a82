import type { SqlResult, SqlStatement, SqlTransaction } from '@objectstack/spec/contracts';
import { unlessAborted } from '@objectstack/spec/shared';
import type { Connection, RequestOptions } from '../connection/connection.js';
import { withoutLeadingStatements } from '../connection/without-leading-statements.js';
import { guardedRead, versionGuard } from './metadata-version.js';
import { NestedTransaction } from './nested-transaction.js';
import { type ReadStatement, unguardedRead } from './read-statement.js';
import type { OpenTransaction } from './transactions.js';

/** Runs statements in a transaction of their own or in an open one. */
export interface Executor {
  read(statement: ReadStatement): Promise<SqlResult>;
  /** Runs one statement. */
  execute(statement: SqlStatement): Promise<SqlResult>;
  /** Runs all statements or none. */
  atomic(statements: readonly SqlStatement[]): Promise<SqlResult[]>;
}

/** Runs statements unchanged, each call in a transaction of its own. */
export function plainExecutor(connection: Connection, request: RequestOptions): Executor {
  return {
    read: (statement) => connection.execute(unguardedRead(statement), request),
    execute: (statement) => connection.execute(statement, request),
    atomic: (statements) => connection.atomic(statements, { ...request, foreignKeys: 'on', mode: 'write' }),
  };
}

/** Runs statements, each call in a transaction of its own that succeeds only while the deployment is the latest. */
export function guardedExecutor(
  connection: Connection,
  request: RequestOptions,
  deploymentId: string,
): Executor {
  const atomic = async (statements: readonly SqlStatement[]): Promise<SqlResult[]> => {
    const guarded = [versionGuard(deploymentId), ...statements];
    try {
      return (await connection.atomic(guarded, { ...request, foreignKeys: 'on', mode: 'write' })).slice(1);
    } catch (error) {
      throw withoutLeadingStatements(error, 1);
    }
  };
  return {
    read: (statement) => connection.execute(guardedRead(statement, deploymentId), request),
    async execute(statement) {
      const [result] = await atomic([statement]);
      return result as SqlResult;
    },
    atomic,
  };
}

async function inSavepoint(
  transaction: SqlTransaction,
  statements: readonly SqlStatement[],
): Promise<SqlResult[]> {
  const nested = new NestedTransaction(transaction, 'atomic');
  await nested.begin();
  try {
    const results: SqlResult[] = [];
    for (const statement of statements) results.push(await nested.execute(statement));
    await nested.commit();
    return results;
  } catch (error) {
    await nested.rollback();
    throw error;
  }
}

/**
 * Runs statements inside an open transaction, which stays open when they fail. Looks the transaction up again after
 * waiting for its lock. An aborted call rejects immediately; a statement that has begun is completed before the next one.
 */
export function transactionExecutor(
  transaction: () => OpenTransaction,
  signal: AbortSignal | undefined,
): Executor {
  const inTurn = async <T>(work: (sql: SqlTransaction) => Promise<T>): Promise<T> => {
    const release = await transaction().lock.acquire(signal);
    const working = (async () => work(transaction().sql))().finally(release);
    return unlessAborted(working, signal);
  };
  return {
    read: (statement: ReadStatement) => inTurn((sql) => sql.execute(unguardedRead(statement))),
    execute: (statement) => inTurn((sql) => sql.execute(statement)),
    atomic: (statements) => inTurn((sql) => inSavepoint(sql, statements)),
  };
}
