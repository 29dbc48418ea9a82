import type { DriverTransaction, TransactionOptions } from '@objectstack/spec/contracts';
import { notSupported, throwIfAborted, unlessAborted } from '@objectstack/spec/shared';
import { assertOptions } from './assert-arguments.js';
import type { DriverSession } from './driver-session.js';
import { METADATA_VERSION } from './metadata-version.js';
import { TURSO_CAPABILITIES } from './turso-capabilities.js';
import { withTypedErrors } from './with-typed-errors.js';

/** Begins and ends the transactions of a session, nested ones included. */
export class TransactionCalls {
  readonly #session: DriverSession;

  constructor(session: DriverSession) {
    this.#session = session;
  }

  begin(options: TransactionOptions = {}): Promise<DriverTransaction> {
    return withTypedErrors(() => this.#begin(options));
  }

  async #begin(options: TransactionOptions): Promise<DriverTransaction> {
    const { connection, metadata, transactions } = this.#session;
    this.#session.assertConnected();
    assertOptions(options);
    const { transaction: outer, isolationLevel, signal } = options;
    throwIfAborted(signal);
    if (isolationLevel !== undefined && !TURSO_CAPABILITIES.isolationLevels.includes(isolationLevel))
      throw notSupported('transaction_isolation', isolationLevel);
    if (outer) return transactions.nest(outer);
    const read = { sql: METADATA_VERSION };
    const { transaction, firstRead } = await connection.beginReading(read, this.#session.request(signal));
    try {
      const pinned = await unlessAborted(metadata.pin(transaction, firstRead), signal);
      this.#session.assertConnected();
      return transactions.add(transaction, pinned);
    } catch (error) {
      await unlessAborted(transaction.rollback(), signal);
      throw error;
    }
  }

  commit(transaction: DriverTransaction): Promise<void> {
    return withTypedErrors(async () => {
      this.#session.assertConnected();
      const { sql, lock } = this.#session.transactions.takeToCommit(transaction);
      await lock.run(() => sql.commit());
    });
  }

  rollback(transaction: DriverTransaction): Promise<void> {
    return withTypedErrors(async () => {
      const open = this.#session.transactions.takeToRollBack(transaction);
      await open?.lock.run(() => open.sql.rollback());
    });
  }
}
