import type { SqlResult, SqlStatement, SqlTransaction } from '@objectstack/spec/contracts';
import type { Connection } from '../connection/connection.js';
import { NestedTransaction } from './nested-transaction.js';
import type { Executor } from './record-writer.js';
import type { OpenTransaction } from './transactions.js';

/** Runs statements in transactions of their own. */
export function connectionExecutor(connection: Connection, signal: AbortSignal | undefined): Executor {
  return {
    execute: (statement) => connection.execute(statement, { signal }),
    atomic: (statements) => connection.atomic(statements, { foreignKeys: 'on', mode: 'write', signal }),
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

/** Runs statements inside an open transaction, which goes on when they fail. Looks it up anew when its turn has come. */
export function transactionExecutor(transaction: () => OpenTransaction): Executor {
  const inTurn = async <T>(work: (sql: SqlTransaction) => Promise<T>) =>
    transaction().lock.run(() => work(transaction().sql));
  return {
    execute: (statement) => inTurn((sql) => sql.execute(statement)),
    atomic: (statements) => inTurn((sql) => inSavepoint(sql, statements)),
  };
}
