import type { IDataDriver } from '@objectstack/spec/contracts';

/**
 * A driver that counts its users, and is disconnected after its last use. Each operation, stream and transaction acquires it
 * and releases it; a retired driver can no longer be acquired, and is disconnected at the last release.
 */
export class ReferenceCountedDriver {
  readonly driver: IDataDriver;
  /** Resolves when the driver was retired and disconnected. Never rejects. */
  readonly ended: Promise<void>;
  #end: () => void = () => {};
  #users = 0;
  #isRetired = false;

  constructor(driver: IDataDriver) {
    this.driver = driver;
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  /** Adds a user. False if the driver is retired. */
  acquire(): boolean {
    if (this.#isRetired) return false;
    this.#users++;
    return true;
  }

  release(): void {
    this.#users--;
    if (this.#isRetired && this.#users === 0) this.#disconnect();
  }

  /** Idempotent. */
  retire(): void {
    if (this.#isRetired) return;
    this.#isRetired = true;
    if (this.#users === 0) this.#disconnect();
  }

  #disconnect(): void {
    this.driver.disconnect().then(this.#end, this.#end);
  }
}
