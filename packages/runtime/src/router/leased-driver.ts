import type { IDataDriver } from '@objectstack/spec/contracts';

/**
 * A driver that is disconnected after its last use. Each operation, stream and transaction holds a lease; a driver that is
 * retired gives no further lease and is disconnected when the last one ends.
 */
export class LeasedDriver {
  readonly driver: IDataDriver;
  /** Resolves when the driver was retired and disconnected. Never rejects. */
  readonly ended: Promise<void>;
  #end: () => void = () => {};
  #leases = 0;
  #isRetired = false;

  constructor(driver: IDataDriver) {
    this.driver = driver;
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  /** Takes a lease. False if the driver is retired. */
  enter(): boolean {
    if (this.#isRetired) return false;
    this.#leases++;
    return true;
  }

  leave(): void {
    this.#leases--;
    if (this.#isRetired && this.#leases === 0) this.#disconnect();
  }

  /** Idempotent. */
  retire(): void {
    if (this.#isRetired) return;
    this.#isRetired = true;
    if (this.#leases === 0) this.#disconnect();
  }

  #disconnect(): void {
    this.driver.disconnect().then(this.#end, this.#end);
  }
}
