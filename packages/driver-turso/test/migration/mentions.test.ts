import type { IDataDriver } from '@objectstack/spec/contracts';
import { sampleOf } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { createSqliteSchemaDiff } from '../../src/migration/schema-diff-service.js';
import { deploy, object, planFor } from '../database.js';
import { sharedSqld, transports } from '../transports.js';

const text = { type: 'text' };
const THING = object('thing', { a: text, b: text });
const WITHOUT_A = object('thing', { b: text });
const OTHER = object('other', { a: text });
const server = sharedSqld();

const conflict = (mentionedBy: string, name: string) => ({
  code: 'object_conflict',
  details: { mentionedBy, name },
});

/** One kind of database; all of them if tests are exhaustive. */
describe.each(sampleOf(transports(server), 3, 1))('unmanaged objects in $name', ({ open }) => {
  const opened = async (...sql: string[]): Promise<IDataDriver> => {
    const driver = await open();
    await deploy(driver, [THING, OTHER]);
    for (const statement of sql) await driver.execute(statement);
    return driver;
  };

  it.each(['old', 'old!', 'ü', 'old (2024)', 'old (2024', '$& [x', 'old"s'])(
    'is found behind a view called %s',
    async (view) => {
      const name = `"${view.replaceAll('"', '""')}"`;
      const driver = await opened(
        `CREATE VIEW ${name} AS SELECT * FROM thing`,
        `CREATE VIEW second AS SELECT a FROM ${name}`,
      );
      await expect(planFor(driver, [WITHOUT_A, OTHER])).rejects.toMatchObject(conflict('second', 'a'));
    },
  );

  it('is in the schema, the hash and the drift when it is an INSTEAD OF trigger', async () => {
    const view = 'CREATE VIEW Seen AS SELECT a FROM other';
    const driver = await opened(view);
    const diff = createSqliteSchemaDiff();
    const before = await diff.introspect(driver);
    const sql = 'CREATE TRIGGER tell INSTEAD OF INSERT ON SEEN BEGIN UPDATE thing SET a = new.a; END';
    await driver.execute(sql);
    const current = await diff.introspect(driver);
    expect(before.views).toEqual([{ name: 'Seen', sql: view, triggers: [] }]);
    expect(current.views).toEqual([{ name: 'Seen', sql: view, triggers: [{ name: 'tell', sql }] }]);
    expect(current.schemaHash).not.toBe(before.schemaHash);
    expect(diff.findDrift(current)).toContainEqual({
      ...{ code: 'DR701', kind: 'trigger', table: 'Seen', name: 'tell', statements: [sql] },
    });
  });

  it('keeps what an INSTEAD OF trigger mentions from being removed and renamed', async () => {
    const driver = await opened(
      'CREATE VIEW seen AS SELECT a FROM other',
      'CREATE TRIGGER tell INSTEAD OF INSERT ON seen BEGIN UPDATE thing SET a = new.a; END',
    );
    await expect(planFor(driver, [OTHER])).rejects.toMatchObject(conflict('tell', 'thing'));
    await expect(planFor(driver, [WITHOUT_A, OTHER])).rejects.toMatchObject(conflict('tell', 'a'));
    const renamed = object('item', { a: text, b: text }, { renamedFrom: 'thing' });
    await expect(planFor(driver, [renamed, OTHER])).rejects.toMatchObject(conflict('tell', 'thing'));
  });
});

describe('a rename', () => {
  it.each([
    'CREATE VIEW v AS SELECT q FROM legacy GROUP BY q ORDER BY q DESC',
    `CREATE VIEW v AS SELECT q FROM legacy WHERE q <> 'order' -- order`,
    'CREATE INDEX i ON legacy (q) WHERE q IS NOT NULL',
  ])('of an object called order is not held up by %s', async (sql) => {
    const [, memory] = transports(server);
    const driver = (await memory?.open()) as IDataDriver;
    await deploy(driver, [object('order', { a: text })]);
    await driver.execute('CREATE TABLE legacy (q)');
    await driver.execute(sql);
    await deploy(driver, [object('purchase', { a: text }, { renamedFrom: 'order' })]);
    expect(await driver.count('purchase')).toBe(0);
  });
});
