import type { IDataDriver } from '@objectstack/spec/contracts';

type Statements = Parameters<IDataDriver['executeAtomic']>[0];
type Results = ReturnType<IDataDriver['executeAtomic']>;

export interface AtomicWrite {
  readonly statements: Statements;
  /** Runs them, or others in their place. */
  readonly run: (others?: Statements) => Results;
}

/** The driver with a changed executeAtomic. */
export function wrappedDriver(driver: IDataDriver, change: (write: AtomicWrite) => Results): IDataDriver {
  const executeAtomic: IDataDriver['executeAtomic'] = (statements, options) => {
    const run = (others: Statements = statements) => driver.executeAtomic(others, options);
    return options?.mode === 'read' ? run() : change({ statements, run });
  };
  return new Proxy(driver, {
    get(target, key) {
      if (key === 'executeAtomic') return executeAtomic;
      const value = Reflect.get(target, key);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
