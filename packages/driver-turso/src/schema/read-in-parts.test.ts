import { describe, expect, it } from 'vitest';
import { object, planFor } from '../../test/database.js';
import { sharedSqld } from '../../test/transports.js';
import { createTursoDriver } from '../driver/create-turso-driver.js';
import { createSqliteSchemaDiff } from '../migration/schema-diff-service.js';

const server = sharedSqld();
const COUNT = 21;
const LAST = `wide_${COUNT - 1}`;
/** Together larger than the 10 MB that the server sends in one response. */
const OBJECTS = Array.from({ length: COUNT }, (_, index) =>
  object(`wide_${index}`, { name: { type: 'text' } }, { description: 'd'.repeat(500_000) }),
);

describe('metadata that is larger than a response of the server', () => {
  it('is deployed, loaded and introspected', async () => {
    const { url, token } = await server().createDatabase();
    const connect = async () => {
      const driver = createTursoDriver({ url }, { authToken: token });
      await driver.connect();
      return driver;
    };
    const driver = await connect();
    const { applyMigrations, introspect } = createSqliteSchemaDiff();
    for (const count of [12, COUNT])
      await applyMigrations(driver, await planFor(driver, OBJECTS.slice(0, count)));
    const current = await introspect(driver);
    expect(current.objects.map(({ definition }) => definition)).toEqual(expect.arrayContaining([...OBJECTS]));
    expect(current.tables).toHaveLength(COUNT);
    const other = await connect();
    await other.create(LAST, { name: 'a' });
    const transaction = await driver.beginTransaction();
    expect(await driver.count(LAST, {}, { transaction })).toBe(1);
    await driver.commit(transaction);
    expect((await planFor(driver, OBJECTS)).statements).toEqual([]);
  });
});
