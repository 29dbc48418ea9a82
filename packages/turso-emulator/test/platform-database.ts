import type { PlatformTestDatabase } from '@objectstack/conformance';
import type { IDataDriver } from '@objectstack/spec/contracts';

const HAS_TABLE = `SELECT 1 FROM sqlite_schema WHERE name = 'note'`;

/** A database of the platform suite behind a driver. */
export function platformDatabase(driver: IDataDriver): PlatformTestDatabase {
  const rows = async (sql: string, args: string[] = []) => {
    await driver.connect();
    return (await driver.execute(sql, args)).rows;
  };
  return {
    async write(text) {
      await rows('CREATE TABLE IF NOT EXISTS note (text TEXT NOT NULL)');
      await rows('INSERT INTO note VALUES (?)', [text]);
    },
    async read() {
      if ((await rows(HAS_TABLE)).length === 0) return [];
      return (await rows('SELECT text FROM note ORDER BY rowid')).map(({ text }) => String(text));
    },
  };
}
