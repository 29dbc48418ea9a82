import type { IDataDriver } from '@objectstack/spec/contracts';
import { LeasedDriver } from './leased-driver.js';
import { settledWithin } from './settled-within.js';

/** Drivers that are not disconnected yet, also of tenants that are no longer cached. */
export class LeasedDrivers {
  readonly #drivers = new Set<LeasedDriver>();
  #isClosing = false;

  add(driver: IDataDriver): LeasedDriver {
    const leased = new LeasedDriver(driver);
    this.#drivers.add(leased);
    void leased.ended.then(() => this.#drivers.delete(leased));
    if (this.#isClosing) leased.retire();
    return leased;
  }

  /** Resolves when all leases have ended, at the latest after the timeout. */
  async retireAll(timeoutMs: number): Promise<void> {
    this.#isClosing = true;
    for (const driver of this.#drivers) driver.retire();
    await settledWithin(
      [...this.#drivers].map(({ ended }) => ended),
      timeoutMs,
    );
  }
}
