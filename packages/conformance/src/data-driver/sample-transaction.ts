import type { DriverTransaction, IDataDriver } from '@objectstack/spec/contracts';
import { type DriverCheck, type DriverTrial, ifCapable } from './driver-trial.js';

export const inTransactions = (behavior: string, run: DriverCheck['run']): DriverCheck =>
  ifCapable('transactions', behavior, run);

/** The names of all folders, sorted. */
export async function names(driver: IDataDriver, transaction?: DriverTransaction): Promise<string> {
  const folders = await driver.find('folder', {}, transaction && { transaction });
  return folders
    .map(({ name }) => name)
    .sort()
    .join();
}

/** A transaction that has created the folder `f1`. */
export async function begun({ driver }: DriverTrial) {
  const transaction = await driver.beginTransaction();
  await driver.create('folder', { id: 'f1', name: 'in' }, { transaction });
  return transaction;
}
