import type { DriverOptions, DriverTransaction, IDataDriver } from '@objectstack/spec/contracts';
import { unlessAborted } from '@objectstack/spec/shared';
import type { LeasedDriver } from './leased-driver.js';
import { TransactionLeases } from './transaction-leases.js';

/** Decides before every operation whether the tenant is admitted. Synchronous if that is known. */
export interface Gate {
  /** The current driver. */
  pass(): LeasedDriver | Promise<LeasedDriver>;
  /** For work in progress, which has a lease: opens no database, which that work may have locked. */
  check(): void | Promise<void>;
  /** Reads again whether the tenant is in service, and rejects if it is not: its database has refused access. */
  recheck(): Promise<void>;
}

export type Scope = Pick<DriverOptions, 'transaction' | 'signal'>;

type Operation<T> = (driver: IDataDriver) => Promise<T>;

/** A driver with a lease. `leave` ends it, unless a transaction holds it. */
export interface Lease {
  readonly driver: IDataDriver;
  readonly leave: () => void;
}

/** Calls of a tenant's drivers through its gate, each with a lease. */
export class LeasedCalls {
  readonly #gate: Gate;
  readonly #transactions = new TransactionLeases();

  constructor(gate: Gate) {
    this.#gate = gate;
  }

  /** Runs an operation, in the transaction of the scope if there is one. */
  run<T>(operation: Operation<T>, scope?: Scope): Promise<T> {
    const owner = this.#transactions.driverOf(scope?.transaction);
    return owner
      ? this.#continued(() => operation(owner.driver), scope)
      : this.#passed((driver) => this.#leased(driver, operation, scope), scope);
  }

  /** A lease for work of several steps. */
  async lease(scope: Scope | undefined): Promise<Lease> {
    const owner = this.#transactions.driverOf(scope?.transaction);
    if (owner) return { driver: owner.driver, leave: () => {} };
    const leased = await this.#entered(scope);
    return { driver: leased.driver, leave: () => leased.leave() };
  }

  async begin(operation: Operation<DriverTransaction>, scope: Scope | undefined): Promise<DriverTransaction> {
    const owner = this.#transactions.driverOf(scope?.transaction);
    if (owner) return this.#transactions.nest(await operation(owner.driver), owner);
    const leased = await this.#entered(scope);
    try {
      return this.#transactions.hold(await operation(leased.driver), leased);
    } catch (error) {
      leased.leave();
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

  #passed<T>(work: (driver: LeasedDriver) => Promise<T>, scope: Scope | undefined): Promise<T> {
    const passed = this.#gate.pass();
    return passed instanceof Promise ? unlessAborted(passed, scope?.signal).then(work) : work(passed);
  }

  /** A driver that was retired since the gate returned it is replaced. */
  async #leased<T>(driver: LeasedDriver, operation: Operation<T>, scope: Scope | undefined): Promise<T> {
    if (!driver.enter()) return this.run(operation, scope);
    try {
      return await operation(driver.driver);
    } finally {
      driver.leave();
    }
  }

  async #entered(scope: Scope | undefined): Promise<LeasedDriver> {
    for (;;) {
      const driver = await unlessAborted(this.#gate.pass(), scope?.signal);
      if (driver.enter()) return driver;
    }
  }
}
