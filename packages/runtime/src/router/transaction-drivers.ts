import type { DriverTransaction } from '@objectstack/spec/contracts';
import type { ReferenceCountedDriver } from './reference-counted-driver.js';

/** A transaction whose handle was garbage-collected has no user any more. */
const abandoned = new FinalizationRegistry<ReferenceCountedDriver>((driver) => driver.release());

/** The drivers of open transactions. A transaction belongs to the driver that began it, even if the gate replaced it. */
export class TransactionDrivers {
  readonly #drivers = new WeakMap<DriverTransaction, ReferenceCountedDriver>();
  readonly #holders = new WeakSet<DriverTransaction>();

  driverOf(transaction: DriverTransaction | undefined): ReferenceCountedDriver | undefined {
    return transaction && this.#drivers.get(transaction);
  }

  /** The transaction takes over the driver that the caller has acquired. */
  hold(transaction: DriverTransaction, driver: ReferenceCountedDriver): DriverTransaction {
    this.#drivers.set(transaction, driver);
    this.#holders.add(transaction);
    abandoned.register(transaction, driver, transaction);
    return transaction;
  }

  /** The outer transaction holds the driver. */
  nest(transaction: DriverTransaction, driver: ReferenceCountedDriver): DriverTransaction {
    this.#drivers.set(transaction, driver);
    return transaction;
  }

  /** Idempotent. */
  release(transaction: DriverTransaction): void {
    if (!this.#holders.delete(transaction)) return;
    abandoned.unregister(transaction);
    this.#drivers.get(transaction)?.release();
  }
}
