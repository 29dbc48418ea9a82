import type { ResultSet, Transaction } from '@libsql/client';
import type { SqlResult, SqlStatement, SqlTransaction } from '@objectstack/spec/contracts';
import { breathe, ObjectStackError } from '@objectstack/spec/shared';
import { afterExplained } from './after-explained.js';
import { BROKEN_REFERENCES, isUnnamedReference, namingBrokenReference } from './broken-reference.js';
import { mapError } from './map-error.js';
import { toInStatement, toResult } from './to-bound.js';

/** What a transaction needs from its file. */
export interface TransactionHost {
  /** Throws if the file is no longer at the path at which it was opened. */
  assertInPlace(): void;
  /** Reads on the connection of the transaction after the transaction has ended. */
  read(sql: string): Promise<ResultSet>;
  /** Called when the transaction has ended. After a broken one, the connection must not be used again. */
  ended(state: 'clean' | 'broken'): void;
}

/** A transaction on a local file. It has exclusive use of the file in this process until it ends. */
export class LocalTransaction implements SqlTransaction {
  readonly #transaction: Transaction;
  readonly #host: TransactionHost;
  #ended = false;

  constructor(transaction: Transaction, host: TransactionHost) {
    this.#transaction = transaction;
    this.#host = host;
  }

  async execute(statement: SqlStatement): Promise<SqlResult> {
    this.#assertOpen();
    await breathe();
    this.#assertOpen();
    try {
      const prepared = toInStatement(statement);
      const result = await afterExplained(() => this.#transaction.execute(prepared));
      return toResult(result, statement.sql);
    } catch (error) {
      throw mapError(error);
    }
  }

  async commit(): Promise<void> {
    this.#assertOpen();
    this.#ended = true;
    try {
      this.#host.assertInPlace();
      // The client's own commit abandons the transaction even if a violated foreign key leaves it open.
      await this.#transaction.execute('COMMIT');
    } catch (error) {
      throw await this.#undoExplaining(mapError(error));
    }
    this.#end('clean');
  }

  async rollback(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    try {
      await this.#undo();
    } catch (error) {
      throw mapError(error);
    }
  }

  async #undo(): Promise<void> {
    await this.#rollBack();
    this.#end('clean');
  }

  async #rollBack(): Promise<void> {
    try {
      await this.#transaction.rollback();
    } catch (error) {
      this.#end('broken');
      throw error;
    }
  }

  /** Rolls back a failed commit. The error names the violated foreign key, if that is the cause. */
  async #undoExplaining(error: ObjectStackError): Promise<ObjectStackError> {
    const isUnnamed = isUnnamedReference(error);
    const inside = isUnnamed ? await this.#transaction.execute(BROKEN_REFERENCES).catch(() => null) : null;
    try {
      await this.#rollBack();
    } catch {
      return error;
    }
    const outside = inside && (await this.#host.read(BROKEN_REFERENCES).catch(() => null));
    this.#end('clean');
    return namingBrokenReference(error, inside && toResult(inside), outside && toResult(outside));
  }

  #end(state: 'clean' | 'broken'): void {
    this.#transaction.close();
    this.#host.ended(state);
  }

  #assertOpen(): void {
    if (this.#ended)
      throw new ObjectStackError({ code: 'invalid_transaction', message: 'The transaction has ended.' });
  }
}
