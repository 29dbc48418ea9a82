import { describe, expect, it } from 'vitest';
import { connected, deploy, freshDatabase, object, planFor } from '../../../test/database.js';
import { createSqliteSchemaDiff } from '../schema-diff-service.js';

const { applyMigrations, runPreflight } = createSqliteSchemaDiff();
const thing = (name: object, rest = {}) => object('thing', { name, ...rest } as never);
const text = { type: 'text' };

describe('a change that fails on stored records', () => {
  it.each([
    ['conversion_failed', text, { type: 'number' }, ['5', 'five', 'six']],
    ['unique_violation', text, { type: 'text', unique: true }, ['a', 'a', 'b']],
    ['not_null_violation', text, { type: 'text', storage: { notNull: true } }, ['a', null, 'b']],
  ])('is a %s with the object, the field and the ids', async (code, before, after, values) => {
    const { driver } = await freshDatabase([thing(before)]);
    await driver.bulkCreate(
      'thing',
      values.map((name, index) => ({ id: `r${index}`, name })),
    );
    const plan = await planFor(driver, [thing(after)]);
    const error = await applyMigrations(driver, plan).catch((thrown) => thrown);
    expect(error).toMatchObject({ code, details: { object: 'thing' } });
    expect(error.details.field ?? error.details.fields).toEqual(
      code === 'unique_violation' ? ['name'] : 'name',
    );
    const samples: string[] = error.details.samples;
    expect(samples.length).toBe(error.details.rows);
    expect(samples.length).toBeGreaterThan(0);
    for (const id of samples) expect(id).toMatch(/^r[012]$/);
    expect(JSON.stringify(error)).not.toMatch(/five|six/);
  });
});

describe('a plan whose schema is changed by another deployment', () => {
  it('is stale, regardless of which part of it fails first', async () => {
    const { driver, url } = await freshDatabase([thing(text, { size: text })]);
    await driver.create('thing', { name: 'a', size: '5' });
    const plan = await planFor(driver, [thing(text, { size: { type: 'number' } })]);
    const other = await connected({ url });
    await deploy(other, [thing(text, { width: { ...text, renamedFrom: 'size' } })]);
    for (const call of [() => runPreflight(driver, plan), () => applyMigrations(driver, plan)])
      await expect(call()).rejects.toMatchObject({ code: 'plan_stale' });
  });
});
