import { ObjectStackError } from '@objectstack/spec/shared';
import { createTursoDriver } from '../driver/create-turso-driver.js';

const SIZE = 'SELECT page_count * page_size AS value FROM temp.pragma_page_count(), temp.pragma_page_size()';
const OBJECTS = 'SELECT count(*) AS value FROM sqlite_schema';

/** A number in a database; null while its reads are blocked. */
async function valueOnServer(
  { url, authToken }: { url: string; authToken: string },
  sql: string,
): Promise<number | null> {
  const driver = createTursoDriver({ url }, { authToken });
  try {
    await driver.connect();
    return Number((await driver.execute(sql)).rows[0]?.value);
  } catch (error) {
    if (ObjectStackError.isInstance(error) && error.code === 'database_blocked') return null;
    throw error;
  } finally {
    await driver.disconnect();
  }
}

/** Size of a database in bytes, which its server counts only periodically; null while its reads are blocked. */
export const sizeOnServer = (url: string, authToken: string): Promise<number | null> =>
  valueOnServer({ url, authToken }, SIZE);

/** Whether a database has no tables. */
export const isEmptyOnServer = async (url: string, authToken: string): Promise<boolean> =>
  (await valueOnServer({ url, authToken }, OBJECTS)) === 0;
