import { describe, expect, it } from 'vitest';
import { createSqliteSchemaDiff } from '../../src/migration/schema-diff-service.js';
import { deploy, freshDatabase, object, planFor } from '../database.js';
import { losses } from '../rich-plans.js';

const { applyMigrations, planRollback } = createSqliteSchemaDiff();
/** Beside id, created_at and updated_at, so that the table has the 2,000 columns that SQLite allows. */
const FIELDS = 1_997;
const WIDE = object(
  'wide',
  Object.fromEntries(Array.from({ length: FIELDS }, (_, index) => [`f${index}`, { type: 'text' }])),
);

describe('an object with as many columns as SQLite allows', () => {
  it('is retained when it is removed, and restored with its records in their order', async () => {
    const { driver } = await freshDatabase([WIDE]);
    await driver.create('wide', { id: 'b', f0: 'first' });
    await driver.create('wide', { id: 'a', [`f${FIELDS - 1}`]: 'last' });
    const before = (await driver.execute('SELECT * FROM wide ORDER BY rowid')).rows;
    const plan = await planFor(driver, []);
    await deploy(driver, [], { allow: losses(plan) });
    const back = await planRollback(driver);
    await applyMigrations(driver, back, { allow: losses(back) });
    expect((await driver.execute('SELECT * FROM wide ORDER BY rowid')).rows).toEqual(before);
  });
});
