import type { IDataDriver } from '@objectstack/spec/contracts';

/** Capabilities that make it fast to create many folders. */
export const FILLS = ['bulkCreate', 'transactions'] as const;

/** Creates many folders in the fastest way that the driver declares. */
export async function fillFolders(driver: IDataDriver, count: number): Promise<void> {
  const records = Array.from({ length: count }, (_, index) => ({ name: `n${index % 7}` }));
  if (driver.supports.bulkCreate) {
    await driver.bulkCreate('folder', records);
    return;
  }
  const transaction = driver.supports.transactions ? await driver.beginTransaction() : undefined;
  for (const record of records) await driver.create('folder', record, transaction && { transaction });
  if (transaction) await driver.commit(transaction);
}
