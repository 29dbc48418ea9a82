import type { IDataDriver } from '@objectstack/spec/contracts';
import { ReferenceCountedDriver } from './reference-counted-driver.js';
import { settledWithin } from './settled-within.js';

/** Drivers that are not disconnected yet, also of tenants that are no longer cached. */
export class ConnectedDrivers {
  readonly #drivers = new Set<ReferenceCountedDriver>();
  #isClosing = false;

  add(driver: IDataDriver): ReferenceCountedDriver {
    const counted = new ReferenceCountedDriver(driver);
    this.#drivers.add(counted);
    void counted.ended.then(() => this.#drivers.delete(counted));
    if (this.#isClosing) counted.retire();
    return counted;
  }

  /** Resolves when all drivers were released and disconnected, at the latest after the timeout. */
  async retireAll(timeoutMs: number): Promise<void> {
    this.#isClosing = true;
    for (const driver of this.#drivers) driver.retire();
    await settledWithin(
      [...this.#drivers].map(({ ended }) => ended),
      timeoutMs,
    );
  }
}
