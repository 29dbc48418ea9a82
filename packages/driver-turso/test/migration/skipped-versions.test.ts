import type { IDataDriver } from '@objectstack/spec/contracts';
import { describe, expect, it } from 'vitest';
import { createSqliteSchemaDiff } from '../../src/migration/schema-diff-service.js';
import { lookup, number, text, was } from '../change-case.js';
import { deploy, freshDatabase, object, planFor } from '../database.js';
import { losses } from '../rich-plans.js';
import { faultsIn } from '../whole-state.js';

const { applyMigrations, lint, planRollback } = createSqliteSchemaDiff();
const codesOf = async (driver: IDataDriver, objects: Parameters<typeof planFor>[1]) => {
  const { objects: changes, fields } = (await planFor(driver, objects)).diff;
  return [...changes, ...fields].map(({ id, code }) => `${id} ${code}`);
};
const person = object('person', { name: text });

describe('a skipped version', () => {
  it('leaves a lookup with its target, whatever the target is called by now', async () => {
    const note = (target: string) => object('note', { about: lookup(target) });
    const { driver } = await freshDatabase([person, note('person')]);
    await driver.create('person', { id: 'p', name: 'Ann' });
    await driver.create('note', { id: 'n', about: 'p' });
    const client = object('client', { name: text }, { renamedFrom: ['contact', 'person'] });
    await deploy(driver, [client, person, note('client')]);
    expect(await driver.find('client')).toMatchObject([{ id: 'p', name: 'Ann' }]);
    expect(await driver.find('person')).toEqual([]);
    expect(await driver.find('note')).toMatchObject([{ about: 'p' }]);
    expect(await faultsIn(driver)).toEqual([]);
  });

  it('renames a field that holds a list from now on, and gives it back', async () => {
    const { driver } = await freshDatabase([object('note', { tag: text })]);
    await driver.create('note', { id: 'n', tag: 'red' });
    const tags = { ...text, multiple: true, renamedFrom: ['label', 'tag'] };
    await deploy(driver, [object('note', { tags, tag: number })]);
    expect(await driver.find('note')).toMatchObject([{ tags: ['red'], tag: null }]);
    const back = await planRollback(driver);
    await applyMigrations(driver, back, { allow: losses(back) });
    expect(await driver.find('note')).toMatchObject([{ tag: 'red' }]);
  });

  it('renames a lookup and lets it refer to another object', async () => {
    const account = object('account', { name: text });
    const before = object('note', { about: lookup('person') });
    const { driver } = await freshDatabase([person, account, before]);
    await driver.create('person', { id: 'x' });
    await driver.create('account', { id: 'x' });
    await driver.create('note', { id: 'n', about: 'x' });
    const topic = lookup('account', { renamedFrom: ['subject', 'about'] });
    await deploy(driver, [person, account, object('note', { topic, about: lookup('person') })]);
    expect(await driver.find('note')).toMatchObject([{ topic: 'x', about: null }]);
    await driver.delete('person', 'x');
    await expect(driver.create('note', { topic: 'no-such-id' })).rejects.toMatchObject({
      code: 'foreign_key_violation',
    });
    expect(await faultsIn(driver)).toEqual([]);
  });

  it('asks for approval where names may have been exchanged, and then changes only words', async () => {
    const { driver } = await freshDatabase([object('note', { a: text, b: text })]);
    const after = [object('note', { a: { ...text, ...was('x') }, b: { ...text, ...was('x') } })];
    const plan = await planFor(driver, after);
    expect(plan.statements).toEqual([]);
    await expect(applyMigrations(driver, plan)).rejects.toMatchObject({
      code: 'destructive_not_allowed',
      details: { changes: ['change_field:note.a', 'change_field:note.b'] },
    });
    expect((await applyMigrations(driver, plan, { allow: losses(plan) })).outcome).toBe('applied');
    await deploy(driver, after);
  });

  it.each([
    ['loses a rule', { ...text, required: true }, text, 'RN401', ['WI403'], /also weakens integrity/],
    ['has another type', text, number, 'DS103', undefined, /also discards values that do not fit/],
    [
      'requires a value',
      text,
      { ...text, required: true },
      'DD201',
      undefined,
      /also leaves records without/,
    ],
  ])('asks about the rename of a field that also %s', async (_what, is, becomes, code, weakens, also) => {
    const { driver } = await freshDatabase([object('note', { a: is, b: text })]);
    await driver.create('note', { id: 'n', a: 'A', b: 'B' });
    const after = [object('note', { a: { ...becomes, ...was('x') }, b: { ...text, ...was('y') } })];
    const plan = await planFor(driver, after);
    expect(plan.diff.fields[0]).toMatchObject({ risk: 'unproven_rename', code, ...(weakens && { weakens }) });
    const allow = ['change_field:note.b'];
    const refused = await applyMigrations(driver, plan, { allow }).catch((error) => error);
    expect(refused).toMatchObject({ details: { changes: ['change_field:note.a'] } });
    expect(refused.message).toMatch(/may miss a rename/);
    expect(refused.message).toMatch(also);
    expect(await driver.find('note')).toMatchObject([{ a: 'A', b: 'B' }]);
  });

  it('finds the missed rename beside every other risk of the same change', () => {
    const objects = [object('note', { a: text, b: text })];
    const after = [
      object('note', { a: { ...text, maxLength: 3, ...was('x') }, b: { ...text, ...was('y') } }),
    ];
    const findings = lint({ objects }, { objects: after });
    const codes = findings
      .filter(({ changeId }) => changeId === 'change_field:note.a')
      .map(({ code }) => code);
    expect(codes.filter((code) => code === 'RN401')).toHaveLength(1);
    expect(codes.some((code) => code.startsWith('DD'))).toBe(true);
  });

  it('says that a field which is added without its data is also required', async () => {
    const { driver } = await freshDatabase([person]);
    await driver.create('person', { id: 'p' });
    const key = { ...text, required: true, ...was('code') };
    const { diff } = await planFor(driver, [object('person', { name: text, key })]);
    expect(diff.fields).toMatchObject([{ risk: 'unproven_rename', code: 'DD201' }]);
  });

  it.each([
    ['a system field', was('id'), ['change_object:person SF005', 'add_field:person.key RN401']],
    ['itself', was('key'), ['change_object:person SF005', 'add_field:person.key SF002']],
  ])('asks for no values of a field that says it was %s', async (_what, hint, changes) => {
    const { driver } = await freshDatabase([person]);
    expect(await codesOf(driver, [object('person', { name: text, key: { ...text, ...hint } })])).toEqual(
      changes,
    );
  });

  it('is told by the objects of one owner alone', async () => {
    const { driver } = await freshDatabase([person]);
    const deal = object('crm__deal', { name: text }, was('crm__offer'));
    const plan = await planFor(driver, [deal], { owner: 'crm' });
    expect((await applyMigrations(driver, plan)).outcome).toBe('applied');
  });

  it('is named in the refusal with what to do', async () => {
    const { driver } = await freshDatabase([person]);
    const plan = await planFor(driver, [person, object('client', { name: text }, was('contact'))]);
    await expect(applyMigrations(driver, plan)).rejects.toThrow(
      /list all previous names.*: add_object:client\.$/,
    );
  });
});
