import type { IDataDriver } from '@objectstack/spec/contracts';
import type { ObjectDefinition } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';
import { CAPABILITY_TABLE } from '../src/data-driver/capability-table.js';
import { isDeclared } from '../src/data-driver/uses-of.js';
import type { MemoryDriver } from '../src/reference/memory-driver.js';

/** The capability that a call requires and the driver does not declare. */
function deniedBy({ supports }: IDataDriver, method: string, args: readonly unknown[]): string | undefined {
  if (method === 'rollback') return undefined;
  const denied = Object.entries(CAPABILITY_TABLE).find(
    ([capability, row]) =>
      'isUsedBy' in row &&
      row.isUsedBy({ method, args }) &&
      !isDeclared(supports, capability as keyof typeof CAPABILITY_TABLE),
  );
  return denied?.[0];
}

const notSupported = (feature: string) =>
  new ObjectStackError({ code: 'not_supported', message: `${feature} is not supported.`, details: {} });

type AnyMethod = (...args: readonly unknown[]) => unknown;

const DRIVERS = new WeakMap<IDataDriver, MemoryDriver>();

/** Deploys although the driver denies it, as its own tools would. */
export async function deployBeneath(
  driver: IDataDriver,
  objects: readonly ObjectDefinition[],
): Promise<void> {
  const schemas = objects.map((definition) => ({ object: definition.name, definition }));
  await DRIVERS.get(driver)?.syncSchemasBatch(schemas);
}

/** The reference implementation, which rejects every call that requires a capability its database does not declare. */
export function denyFeatures(driver: MemoryDriver): IDataDriver {
  const call =
    (method: string, original: AnyMethod) =>
    (...args: readonly unknown[]) => {
      const denied = driver.isConnected ? deniedBy(driver, method, args) : undefined;
      if (!denied) return original.apply(driver, args as unknown[]);
      const rejected = Promise.reject(notSupported(denied));
      return method === 'findStream'
        ? { [Symbol.asyncIterator]: () => ({ next: () => rejected }) }
        : rejected;
    };
  const denying = new Proxy(driver as IDataDriver, {
    get(target, name: keyof IDataDriver) {
      const value = target[name];
      return typeof value === 'function' ? call(name, value as AnyMethod) : value;
    },
  });
  DRIVERS.set(denying, driver);
  return denying;
}
