import { longestGap } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { createSqliteSchemaDiff } from '../../src/migration/schema-diff-service.js';
import { freshDatabase, object } from '../database.js';
import { losses } from '../rich-plans.js';

const { introspect, diff, generateMigrations, applyMigrations, planRollback } = createSqliteSchemaDiff();
const MOST_FIELDS = 500;
const TABLES = 2_100;
/** Ten times of what is allowed on an idle machine, because tests run beside others. */
const LONGEST_MS = 1_000;

const wide = (count: number) =>
  object(
    'wide',
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`f${index}`, { type: 'text' }])),
  );

describe('the event loop', () => {
  it('is not held up by a change of as many fields as an object may have', async () => {
    const { driver } = await freshDatabase([wide(MOST_FIELDS)]);
    await driver.create('wide', { f0: 'kept', f499: 'dropped' });
    const plan = await longestGap('planning to drop 499 of 500 columns', async () =>
      generateMigrations(diff(await introspect(driver), [wide(1)]), 'sqlite'),
    );
    const forth = await longestGap('dropping 499 of 500 columns', () =>
      applyMigrations(driver, plan.value, { allow: losses(plan.value) }),
    );
    const reverseTablePlan = await longestGap('planning to restore 499 columns', () => planRollback(driver));
    const back = await longestGap('restoring 499 columns', () =>
      applyMigrations(driver, reverseTablePlan.value, { allow: losses(reverseTablePlan.value) }),
    );
    expect(await driver.find('wide')).toMatchObject([{ f0: 'kept', f499: 'dropped' }]);
    for (const { gapMs } of [plan, forth, reverseTablePlan, back]) expect(gapMs).toBeLessThan(LONGEST_MS);
  });

  it('is not held up while a schema of more tables than are cached is read', async () => {
    const { driver } = await freshDatabase([]);
    const names = Array.from({ length: TABLES }, (_, index) => `theirs_${index}`);
    await driver.executeAtomic(
      names.flatMap((name) => [
        { sql: `CREATE TABLE ${name} (id TEXT PRIMARY KEY, a TEXT)` },
        { sql: `CREATE INDEX ${name}_a ON ${name} (a) WHERE a > ''` },
      ]),
    );
    const { value, gapMs } = await longestGap(`reading ${TABLES} tables`, () => introspect(driver));
    expect(value.tables).toHaveLength(TABLES);
    expect(value.tables[0]?.indexes).toMatchObject([{ name: 'theirs_0_a', where: "a > ''" }]);
    expect(gapMs).toBeLessThan(LONGEST_MS);
  });
});
