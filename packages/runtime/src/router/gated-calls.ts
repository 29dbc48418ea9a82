import type { DriverOptions, DriverTransaction, IDataDriver } from '@objectstack/spec/contracts';
import { unlessAborted } from '@objectstack/spec/shared';
import type { ReferenceCountedDriver } from './reference-counted-driver.js';
import { TransactionDrivers } from './transaction-drivers.js';

/** Decides before every operation whether the tenant is admitted. Synchronous if that is known. */
export interface Gate {
  /** The current driver. */
  pass(): ReferenceCountedDriver | Promise<ReferenceCountedDriver>;
  /** For work in progress, which has acquired a driver: opens no database, which that work may have locked. */
  check(): void | Promise<void>;
  /** Reads again whether the tenant is in service, and rejects if it is not: its database has refused access. */
  recheck(): Promise<void>;
}

export type Scope = Pick<DriverOptions, 'transaction' | 'signal'>;

type Operation<T> = (driver: IDataDriver) => Promise<T>;

/** A driver for work of several steps. `release` has no effect on the driver of a transaction, which holds it. */
export interface AcquiredDriver {
  readonly driver: IDataDriver;
  readonly release: () => void;
}

/** Calls of a tenant's drivers through its gate, each of which acquires the driver. */
export class GatedCalls {
  readonly #gate: Gate;
  readonly #transactions = new TransactionDrivers();

  constructor(gate: Gate) {
    this.#gate = gate;
  }

  /** Runs an operation, in the transaction of the scope if there is one. */
  run<T>(operation: Operation<T>, scope?: Scope): Promise<T> {
    const owner = this.#transactions.driverOf(scope?.transaction);
    return owner
      ? this.#continued(() => operation(owner.driver), scope)
      : this.#passed((driver) => this.#runWith(driver, operation, scope), scope);
  }

  /** A driver for work of several steps. */
  async acquire(scope: Scope | undefined): Promise<AcquiredDriver> {
    const owner = this.#transactions.driverOf(scope?.transaction);
    if (owner) return { driver: owner.driver, release: () => {} };
    const acquired = await this.#acquired(scope);
    return { driver: acquired.driver, release: () => acquired.release() };
  }

  async begin(operation: Operation<DriverTransaction>, scope: Scope | undefined): Promise<DriverTransaction> {
    const owner = this.#transactions.driverOf(scope?.transaction);
    if (owner) return this.#transactions.nest(await operation(owner.driver), owner);
    const acquired = await this.#acquired(scope);
    try {
      return this.#transactions.hold(await operation(acquired.driver), acquired);
    } catch (error) {
      acquired.release();
      throw error;
    }
  }

  /** Ends a transaction if the operation was permitted to run. */
  end<T>(transaction: DriverTransaction, operation: Operation<T>): Operation<T> {
    return (driver) => operation(driver).finally(() => this.#transactions.release(transaction));
  }

  /** The driver of a transaction, also if access is refused. */
  async driverOf(transaction: DriverTransaction): Promise<IDataDriver> {
    return (this.#transactions.driverOf(transaction) ?? (await this.#gate.pass())).driver;
  }

  /** Whether work in progress may continue. */
  check(): void | Promise<void> {
    return this.#gate.check();
  }

  #continued<T>(work: () => Promise<T>, scope: Scope | undefined): Promise<T> {
    const checked = this.#gate.check();
    return checked instanceof Promise ? unlessAborted(checked, scope?.signal).then(work) : work();
  }

  #passed<T>(work: (driver: ReferenceCountedDriver) => Promise<T>, scope: Scope | undefined): Promise<T> {
    const passed = this.#gate.pass();
    return passed instanceof Promise ? unlessAborted(passed, scope?.signal).then(work) : work(passed);
  }

  /** A driver that was retired since the gate returned it is replaced. */
  async #runWith<T>(
    driver: ReferenceCountedDriver,
    operation: Operation<T>,
    scope: Scope | undefined,
  ): Promise<T> {
    if (!driver.acquire()) return this.run(operation, scope);
    try {
      return await operation(driver.driver);
    } finally {
      driver.release();
    }
  }

  async #acquired(scope: Scope | undefined): Promise<ReferenceCountedDriver> {
    for (;;) {
      const driver = await unlessAborted(this.#gate.pass(), scope?.signal);
      if (driver.acquire()) return driver;
    }
  }
}
