import type { IDataDriver } from '@objectstack/spec/contracts';

/** The driver with the signal added to every call that a migration makes. */
export function withSignal(driver: IDataDriver, signal: AbortSignal | undefined): IDataDriver {
  if (!signal) return driver;
  const calls: Partial<IDataDriver> = {
    execute: (sql, args, options) => driver.execute(sql, args, { ...options, signal }),
    executeAtomic: (statements, options) => driver.executeAtomic(statements, { ...options, signal }),
    refresh: () => driver.refresh({ signal }),
  };
  return new Proxy(driver, {
    get(target, key) {
      const own: unknown = Reflect.get(calls, key);
      if (own) return own;
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
