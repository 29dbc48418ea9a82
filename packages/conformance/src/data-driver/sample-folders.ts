import type { IDataDriver } from '@objectstack/spec/contracts';

/** Id, name and parent of every folder. */
export const folders = async (driver: IDataDriver) =>
  (await driver.find('folder')).map(({ id, name, parent }) => [id, name, parent]);

export async function threeFolders({ driver }: { driver: IDataDriver }): Promise<void> {
  await driver.create('folder', { id: 'f1', name: 'one' });
  await driver.create('folder', { id: 'f2', name: 'two' });
  await driver.create('folder', { id: 'f3', name: null });
}

/** The folders that {@link threeFolders} creates. */
export const UNTOUCHED = [
  ['f1', 'one', null],
  ['f2', 'two', null],
  ['f3', null, null],
];
