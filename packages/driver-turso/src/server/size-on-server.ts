import { ObjectStackError } from '@objectstack/spec/shared';
import { createTursoDriver } from '../driver/create-turso-driver.js';

const SIZE = 'SELECT page_count * page_size AS bytes FROM temp.pragma_page_count(), temp.pragma_page_size()';

/** Size of a database in bytes, which its server counts only periodically; null while its reads are blocked. */
export async function sizeOnServer(url: string, authToken: string): Promise<number | null> {
  const driver = createTursoDriver({ url }, { authToken });
  try {
    await driver.connect();
    return Number((await driver.execute(SIZE)).rows[0]?.bytes);
  } catch (error) {
    if (ObjectStackError.isInstance(error) && error.code === 'database_blocked') return null;
    throw error;
  } finally {
    await driver.disconnect();
  }
}
