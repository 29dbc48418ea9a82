import type { SqlStatement, SqlTransaction } from '@objectstack/spec/contracts';
import type { BegunTransaction } from './connection.js';
import { isSqlError } from './is-sql-error.js';

/** Reads in a transaction that has just begun. An error other than one of the statement ends the transaction. */
export async function readFirst(transaction: SqlTransaction, read: SqlStatement): Promise<BegunTransaction> {
  try {
    return { transaction, firstRead: await transaction.execute(read) };
  } catch (error) {
    if (isSqlError(error)) return { transaction, firstRead: null };
    await transaction.rollback();
    throw error;
  }
}
