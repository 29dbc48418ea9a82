import type { DriverTransaction } from '@objectstack/spec/contracts';
import type { LeasedDriver } from './leased-driver.js';

/** A transaction whose handle was garbage-collected has no user any more. */
const abandoned = new FinalizationRegistry<LeasedDriver>((driver) => driver.leave());

/** The drivers of open transactions. A transaction belongs to the driver that began it, even if the gate replaced it. */
export class TransactionLeases {
  readonly #drivers = new WeakMap<DriverTransaction, LeasedDriver>();
  readonly #holders = new WeakSet<DriverTransaction>();

  driverOf(transaction: DriverTransaction | undefined): LeasedDriver | undefined {
    return transaction && this.#drivers.get(transaction);
  }

  /** The transaction takes over a lease that the caller has taken. */
  hold(transaction: DriverTransaction, driver: LeasedDriver): DriverTransaction {
    this.#drivers.set(transaction, driver);
    this.#holders.add(transaction);
    abandoned.register(transaction, driver, transaction);
    return transaction;
  }

  /** The outer transaction holds the lease. */
  nest(transaction: DriverTransaction, driver: LeasedDriver): DriverTransaction {
    this.#drivers.set(transaction, driver);
    return transaction;
  }

  /** Idempotent. */
  release(transaction: DriverTransaction): void {
    if (!this.#holders.delete(transaction)) return;
    abandoned.unregister(transaction);
    this.#drivers.get(transaction)?.leave();
  }
}
