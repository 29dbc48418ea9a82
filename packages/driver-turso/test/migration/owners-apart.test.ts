import type { IDataDriver } from '@objectstack/spec/contracts';
import { describe, expect, it } from 'vitest';
import { createSqliteSchemaDiff } from '../../src/migration/schema-diff-service.js';
import { lookup, number, text } from '../change-case.js';
import { deploy, freshDatabase, object, planFor } from '../database.js';
import { losses } from '../rich-plans.js';
import { faultsIn, wholeState } from '../whole-state.js';

const { applyMigrations, introspect, planRollback, purgeRetained, readHistory } = createSqliteSchemaDiff();
const CRM = { owner: 'crm' };
const person = object('person', { name: text, size: number });
const contact = object('contact', { name: text });
const client = object('client', { name: text, size: number }, { renamedFrom: ['contact', 'person'] });

/** Schema and rows of tables, by name. */
async function tablesOf(driver: IDataDriver, names: readonly string[]) {
  const { schema, ...rows } = await wholeState(driver);
  const entries = schema as { tbl_name: string }[];
  return names.map((name) => [entries.filter(({ tbl_name }) => tbl_name === name), rows[name]]);
}

const ownersIn = async (driver: IDataDriver) =>
  Object.fromEntries(
    (await introspect(driver)).objects.map(({ owner, definition }) => [definition.name, owner]),
  );

async function rollBack(driver: IDataDriver, deploymentId: string): Promise<string> {
  const plan = await planRollback(driver, { deploymentId });
  return (await applyMigrations(driver, plan, { allow: losses(plan) })).deploymentId;
}

/** A database with an object of the tenant and one of the app, each with a record. */
async function shared() {
  const { driver } = await freshDatabase([person]);
  await deploy(driver, [contact], CRM);
  await driver.create('person', { id: 'p', name: 'Ann', size: 1 });
  await driver.create('contact', { id: 'c', name: 'Bob' });
  return driver;
}

describe('an owner that skips versions', () => {
  it('renames its own object, although the skipped name is now that of an object of another owner', async () => {
    const driver = await shared();
    const others = await tablesOf(driver, ['contact']);
    await deploy(driver, [client]);
    expect(await driver.find('client')).toMatchObject([{ id: 'p', name: 'Ann', size: 1 }]);
    expect(await tablesOf(driver, ['contact'])).toEqual(others);
    expect(await ownersIn(driver)).toEqual({ client: 'tenant', contact: 'crm' });
  });

  it('adds an object if only another owner has an object with the previous name', async () => {
    const driver = await shared();
    const others = await tablesOf(driver, ['contact']);
    const guest = object('guest', { name: text }, { renamedFrom: ['contact'] });
    const plan = await planFor(driver, [person, guest]);
    expect(plan.diff.objects.map(({ id }) => id)).toEqual(['add_object:guest']);
    await deploy(driver, [person, guest]);
    expect(await driver.find('guest')).toEqual([]);
    expect(await tablesOf(driver, ['contact'])).toEqual(others);
  });

  it('cannot take over the current name of an object of another owner', async () => {
    const driver = await shared();
    const before = await wholeState(driver);
    const taken = object('contact', { name: text }, { renamedFrom: ['client', 'person'] });
    await expect(planFor(driver, [taken])).rejects.toMatchObject({ code: 'object_conflict' });
    expect(await wholeState(driver)).toEqual(before);
  });

  it('renames and removes fields beside a lookup to an object of another owner', async () => {
    const driver = await shared();
    const note = (fields: Parameters<typeof object>[1]) => object('note', fields);
    await deploy(driver, [person, note({ about: lookup('contact'), old: text })]);
    await driver.create('note', { id: 'n', about: 'c', old: 'x' });
    const others = await tablesOf(driver, ['contact']);
    const topic = lookup('contact', { renamedFrom: ['subject', 'about'] });
    await deploy(driver, [person, note({ topic })], { allow: ['remove_field:note.old'] });
    expect(await driver.find('note')).toMatchObject([{ id: 'n', topic: 'c' }]);
    expect(await tablesOf(driver, ['contact'])).toEqual(others);
    expect(await faultsIn(driver)).toEqual([]);
  });
});

describe('a removal by one owner', () => {
  it.each([
    ['tenant', {}, 'person', 'contact'],
    ['crm', CRM, 'contact', 'person'],
  ])('of everything leaves the tables of the other owner: %s', async (_, options, own, other) => {
    const driver = await shared();
    const others = await tablesOf(driver, [other]);
    const plan = await planFor(driver, [], options);
    expect(plan.diff.objects.map(({ id }) => id)).toEqual([`remove_object:${own}`]);
    await deploy(driver, [], { ...options, allow: [`remove_object:${own}`] });
    expect(Object.keys(await ownersIn(driver))).toEqual([other]);
    expect(await tablesOf(driver, [other])).toEqual(others);
    await purgeRetained(driver, new Date(Date.now() + 8 * 86_400_000));
    expect(await tablesOf(driver, [other])).toEqual(others);
  });
});

describe('a rollback after another owner deployed', () => {
  /** The tenant skips a version, then the app removes a field's object and adds another. */
  async function deployedByBoth() {
    const driver = await shared();
    const before = await tablesOf(driver, ['person', 'contact']);
    const { deploymentId: ofTenant } = await deploy(
      driver,
      [object('client', { name: text }, { renamedFrom: ['customer', 'person'] })],
      { allow: ['remove_field:client.size'] },
    );
    const between = await tablesOf(driver, ['client', 'contact']);
    const { deploymentId: ofApp } = await deploy(driver, [object('lead', { name: text })], {
      ...CRM,
      allow: ['remove_object:contact'],
    });
    return { driver, before, between, ofTenant, ofApp };
  }

  it('is refused until the later deployment of the other owner is rolled back', async () => {
    const { driver, ofTenant, ofApp } = await deployedByBoth();
    const state = await wholeState(driver);
    await expect(planRollback(driver, { deploymentId: ofTenant })).rejects.toMatchObject({
      code: 'not_latest',
      details: { deploymentId: ofTenant, latest: ofApp, later: [ofApp] },
    });
    expect(await wholeState(driver)).toEqual(state);
  });

  it('restores the records of one owner without changing those of the other, and can be redone', async () => {
    const { driver, before, between, ofTenant, ofApp } = await deployedByBoth();
    const client = await tablesOf(driver, ['client']);
    const undoneApp = await rollBack(driver, ofApp);
    expect(await tablesOf(driver, ['client'])).toEqual(client);
    expect(await driver.find('contact')).toMatchObject([{ id: 'c', name: 'Bob' }]);
    expect(await tablesOf(driver, ['client', 'contact'])).toEqual(between);
    const undoneTenant = await rollBack(driver, ofTenant);
    expect(await tablesOf(driver, ['person', 'contact'])).toEqual(before);
    expect(await ownersIn(driver)).toEqual({ person: 'tenant', contact: 'crm' });
    await rollBack(driver, undoneTenant);
    await rollBack(driver, undoneApp);
    expect(await ownersIn(driver)).toEqual({ client: 'tenant', lead: 'crm' });
    const inEffect = (await readHistory(driver)).filter((entry) => entry.isInEffect);
    expect(inEffect.map(({ owner }) => owner)).toEqual(['tenant', 'crm', 'tenant', 'crm']);
    expect(await faultsIn(driver)).toEqual([]);
  });

  it('is refused if the other owner now uses the name', async () => {
    const driver = await shared();
    const { deploymentId } = await deploy(driver, [], { allow: ['remove_object:person'] });
    const { deploymentId: later } = await deploy(driver, [contact, person], CRM);
    await driver.create('person', { id: 'q', name: 'Eve' });
    const others = await tablesOf(driver, ['person', 'contact']);
    await expect(planRollback(driver, { deploymentId })).rejects.toMatchObject({ code: 'not_latest' });
    expect(await tablesOf(driver, ['person', 'contact'])).toEqual(others);
    await rollBack(driver, later);
    await rollBack(driver, deploymentId);
    expect(await driver.find('person')).toMatchObject([{ id: 'p', name: 'Ann', size: 1 }]);
    expect(await ownersIn(driver)).toEqual({ person: 'tenant', contact: 'crm' });
  });
});
