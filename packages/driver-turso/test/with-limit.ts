import type { IDataDriver } from '@objectstack/spec/contracts';

/** The driver as it would be behind a server that gives transactions less. */
export function withLimit(driver: IDataDriver, lockBudgetMs: number | null): IDataDriver {
  const supports = { ...driver.supports, lockBudgetMs };
  return new Proxy(driver, {
    get: (target, key) => {
      if (key === 'supports') return supports;
      const value = Reflect.get(target, key);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
