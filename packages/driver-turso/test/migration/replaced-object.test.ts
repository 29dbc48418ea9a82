import { describe, expect, it } from 'vitest';
import { createSqliteSchemaDiff } from '../../src/migration/schema-diff-service.js';
import { freshDatabase, object, planFor } from '../database.js';
import { losses } from '../rich-plans.js';
import { faultsIn } from '../whole-state.js';

const { applyMigrations, introspect, planRollback, runPreflight } = createSqliteSchemaDiff();
const text = { type: 'text' };
const CHILD = object('child', { link: { type: 'lookup', reference: 'old' } });
const BEFORE = [object('old', { name: text }), object('other', { name: text }), CHILD];
const AFTER = [object('old', { name: text }, { renamedFrom: 'other' }), CHILD];

async function prepared(link: 'to the old one' | 'to nothing') {
  const { driver } = await freshDatabase(BEFORE);
  const { id } = await driver.create('old', { name: 'a' });
  await driver.create('other', { name: 'b' });
  await driver.create('child', link === 'to nothing' ? {} : { link: id });
  return { driver, plan: await planFor(driver, AFTER) };
}

describe('an object that takes the name of one that is removed', () => {
  it('shows beforehand the records that refer to the one that goes', async () => {
    const { driver, plan } = await prepared('to the old one');
    const findings = await runPreflight(driver, plan);
    expect(findings.find(({ checkId }) => checkId === 'orphans:child.link')).toMatchObject({ rows: 1 });
    await expect(applyMigrations(driver, plan, { allow: losses(plan) })).rejects.toMatchObject({
      code: 'foreign_key_violation',
    });
  });

  it('is referred to from then on, and no longer after the rollback', async () => {
    const { driver, plan } = await prepared('to nothing');
    const { tables, schemaHash } = await introspect(driver);
    await applyMigrations(driver, plan, { allow: losses(plan) });
    const [other] = await driver.find('old');
    await driver.update('child', String((await driver.find('child'))[0]?.id), { link: other?.id });
    const back = await planRollback(driver);
    expect((await runPreflight(driver, back)).map(({ rows }) => rows)).toEqual([1]);
    await driver.updateMany('child', { where: {} }, { link: null });
    await applyMigrations(driver, back);
    expect(await introspect(driver)).toMatchObject({ tables, schemaHash });
    expect(await faultsIn(driver)).toEqual([]);
  });
});
