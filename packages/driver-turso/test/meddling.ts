import type { IDataDriver } from '@objectstack/spec/contracts';

type Atomic = IDataDriver['executeAtomic'];

/** The driver, with something done to what it runs atomically. */
function meddling(driver: IDataDriver, meddle: (run: Atomic) => Atomic): IDataDriver {
  const executeAtomic = meddle((statements, options) => driver.executeAtomic(statements, options));
  return new Proxy(driver, {
    get(target, key) {
      if (key === 'executeAtomic') return executeAtomic;
      const value = Reflect.get(target, key);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

const isMigration = (statements: readonly { sql: string }[]) =>
  statements.some(({ sql }) => sql.includes('INSERT INTO _os_deployment'));

/** Does it to migrations only. */
export const meddlingWithMigrations = (driver: IDataDriver, meddle: (run: Atomic) => Atomic): IDataDriver =>
  meddling(driver, (run) => {
    const meddled = meddle(run);
    return (statements, options) => (isMigration(statements) ? meddled : run)(statements, options);
  });
