import type { Transaction } from '@libsql/client';
import type { SqlResult, SqlStatement, SqlTransaction } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { mapError } from './map-error.js';
import { toInStatement, toResult } from './sql-values.js';

/** A transaction on a local file; the file's lock is released when it ends. */
export class LocalTransaction implements SqlTransaction {
  readonly #transaction: Transaction;
  readonly #release: () => void;
  #ended = false;

  constructor(transaction: Transaction, release: () => void) {
    this.#transaction = transaction;
    this.#release = release;
  }

  async execute(statement: SqlStatement): Promise<SqlResult> {
    this.#assertOpen();
    try {
      return toResult(await this.#transaction.execute(toInStatement(statement)));
    } catch (error) {
      throw mapError(error);
    }
  }

  async commit(): Promise<void> {
    this.#assertOpen();
    try {
      await this.#transaction.commit();
    } catch (error) {
      await this.#transaction.rollback().catch(() => undefined);
      throw mapError(error);
    } finally {
      this.#end();
    }
  }

  async rollback(): Promise<void> {
    if (this.#ended) return;
    try {
      await this.#transaction.rollback();
    } catch (error) {
      throw mapError(error);
    } finally {
      this.#end();
    }
  }

  #end(): void {
    this.#ended = true;
    this.#transaction.close();
    this.#release();
  }

  #assertOpen(): void {
    if (this.#ended)
      throw new ObjectStackError({ code: 'invalid_transaction', message: 'The transaction has ended.' });
  }
}
