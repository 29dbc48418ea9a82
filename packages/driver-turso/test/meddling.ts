import type { IDataDriver } from '@objectstack/spec/contracts';

type Atomic = IDataDriver['executeAtomic'];

/** The driver with a changed executeAtomic. */
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

/** Changes only migrations. */
export const meddlingWithMigrations = (driver: IDataDriver, meddle: (run: Atomic) => Atomic): IDataDriver =>
  meddling(driver, (run) => {
    const meddled = meddle(run);
    return (statements, options) => (isMigration(statements) ? meddled : run)(statements, options);
  });
