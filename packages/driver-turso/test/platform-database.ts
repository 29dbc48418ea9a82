import type { PlatformTestDatabase } from '@objectstack/conformance';
import type { IDataDriver } from '@objectstack/spec/contracts';

const CREATE = 'CREATE TABLE IF NOT EXISTS note (text TEXT NOT NULL)';

/** Whether the database has the table, which a new one does not. */
const HAS_TABLE = `SELECT 1 FROM sqlite_schema WHERE name = 'note'`;

/** A database of the platform suite behind a driver; `connect` is called before each use. */
export function platformDatabase(driver: IDataDriver): PlatformTestDatabase {
  const rows = async (sql: string) => (await driver.execute(sql)).rows;
  return {
    async write(text) {
      await driver.connect();
      await driver.execute(CREATE);
      await driver.execute('INSERT INTO note VALUES (?)', [text]);
    },
    async read() {
      await driver.connect();
      if ((await rows(HAS_TABLE)).length === 0) return [];
      return (await rows('SELECT text FROM note ORDER BY rowid')).map(({ text }) => String(text));
    },
  };
}
