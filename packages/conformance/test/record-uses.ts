import type { IDataDriver } from '@objectstack/spec/contracts';
import type { Capability } from '../src/data-driver/driver-trial.js';
import { usesOf } from '../src/data-driver/uses-of.js';
import type { MemoryDriver } from '../src/reference/memory-driver.js';

const DRIVERS = new WeakMap<IDataDriver, MemoryDriver>();

/** The driver beneath a recording one, for calls that are not recorded. */
export const beneath = (driver: IDataDriver): IDataDriver => DRIVERS.get(driver) ?? driver;

/** The reference implementation, which records the capabilities that calls require. */
export function recordUses(used: Set<Capability>): (driver: MemoryDriver) => IDataDriver {
  return (driver) => {
    const recording = new Proxy(driver as IDataDriver, {
      get(target, name: keyof IDataDriver) {
        const value = target[name];
        if (typeof value !== 'function') return value;
        return (...args: readonly unknown[]) => {
          for (const capability of usesOf({ method: name, args })) used.add(capability);
          return (value as (...args: readonly unknown[]) => unknown).apply(target, args as unknown[]);
        };
      },
    });
    DRIVERS.set(recording, driver);
    return recording;
  };
}
