import type { DriverTransaction, IDataDriver, SqlResult } from '@objectstack/spec/contracts';

/** The driver with its raw reads inside an open transaction, so that they see its writes. */
export function driverInTransaction(driver: IDataDriver, transaction: DriverTransaction): IDataDriver {
  const execute: IDataDriver['execute'] = (sql, args, options) =>
    driver.execute(sql, args, { ...options, transaction });
  const executeAtomic: IDataDriver['executeAtomic'] = async (statements) => {
    const results: SqlResult[] = [];
    for (const { sql, args } of statements) results.push(await execute(sql, args));
    return results;
  };
  const inside: Partial<IDataDriver> = { execute, executeAtomic };
  return new Proxy(driver, {
    get(target, key) {
      const member = Reflect.get(inside, key) ?? Reflect.get(target, key, target);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}
