import type { DriverTransaction, IDataDriver } from '@objectstack/spec/contracts';

/** Runs a function in its own transaction, atomically. */
export async function inTransaction<T>(
  driver: IDataDriver,
  work: (transaction: DriverTransaction) => Promise<T>,
): Promise<T> {
  const transaction = await driver.beginTransaction();
  try {
    const result = await work(transaction);
    await driver.commit(transaction);
    return result;
  } catch (error) {
    await driver.rollback(transaction).catch(() => undefined);
    throw error;
  }
}
