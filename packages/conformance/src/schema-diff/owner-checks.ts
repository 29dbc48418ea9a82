import assert from 'node:assert/strict';
import type { Component } from '@objectstack/spec/system';
import { refused, succeeds } from '../kit/refused.js';
import { lookup, object, TEXT } from './objects.js';
import { must, type SchemaDiffChecks } from './schema-diff-check.js';
import type { SchemaDiffTrial } from './schema-diff-trial.js';

const CRM = { owner: 'crm' };
const ACCOUNT = object('account', { name: TEXT });
const DEAL = object('crm__deal', { name: TEXT });
const VIEW: Component = { kind: 'view', name: 'all', definition: { columns: ['name'] } };

const owned = async (trial: SchemaDiffTrial) =>
  (await trial.introspect()).objects.map(({ owner, definition }) => `${owner} ${definition.name}`);

export const ownerChecks: SchemaDiffChecks = {
  apart: must('objects and components of another owner are unchanged', async (trial) => {
    await trial.deploy([ACCOUNT]);
    await trial.deploy([DEAL], CRM);
    assert.deepEqual(await owned(trial), ['tenant account', 'crm crm__deal']);
    await trial.deploy([object('account', { name: TEXT, more: TEXT })]);
    assert.deepEqual(await owned(trial), ['tenant account', 'crm crm__deal']);
    await trial.deploy([], { ...CRM, allow: ['remove_object:crm__deal'] });
    assert.deepEqual(await owned(trial), ['tenant account']);
  }),
  'object-of-another': must(
    'an object of another owner is not taken over: object_conflict',
    async (trial) => {
      await trial.deploy([ACCOUNT]);
      await refused(trial.plan([object('account', { other: TEXT })], CRM), 'object_conflict');
    },
  ),
  'component-of-another': must(
    'components of another owner are unchanged, and are not taken over',
    async (trial) => {
      await trial.deploy([ACCOUNT], { components: [VIEW] });
      await refused(trial.plan([DEAL], { ...CRM, components: [VIEW] }), 'object_conflict');
      await trial.deploy([DEAL], { ...CRM, components: [{ ...VIEW, name: 'deals' }] });
      await trial.deploy([DEAL], { ...CRM, components: [] });
      assert.deepEqual((await trial.introspect()).components, [{ ...VIEW, owner: 'tenant' }]);
    },
  ),
  'lookup-to-another': must('a lookup to an object of another owner has a foreign key', async (trial) => {
    await trial.deploy([ACCOUNT]);
    await trial.deploy([object('crm__deal', { account: lookup('account') })], CRM);
    await refused(trial.driver.create('crm__deal', { account: 'no_such_id' }), 'foreign_key_violation');
  }),
  'referred-by-another': must(
    "an object that another owner refers to is removed only if the other owner's records remain writable",
    async (trial) => {
      await trial.deploy([DEAL], CRM);
      await trial.deploy([object('account', { deal: lookup('crm__deal'), name: TEXT })]);
      const before = await trial.introspect();
      const plan = trial.deploy([], { ...CRM, allow: ['remove_object:crm__deal'] });
      if (!(await succeeds(plan, 'object_conflict'))) assert.deepEqual(await trial.introspect(), before);
      await trial.driver.create('account', { name: 'still' });
    },
  ),
  'renamed-for-another': must('lookups of another owner follow a renamed object', async (trial) => {
    await trial.deploy([ACCOUNT]);
    await trial.deploy([object('crm__deal', { account: lookup('account') })], CRM);
    const { id } = await trial.driver.create('account', { name: 'a' });
    await trial.driver.create('crm__deal', { account: id });
    await succeeds(
      trial.deploy([object('company', { name: TEXT }, { renamedFrom: 'account' })]),
      'object_conflict',
    );
    const [deal] = await trial.driver.find('crm__deal');
    assert.equal(deal?.account, id);
    await trial.driver.create('crm__deal', { account: id });
  }),
  rollback: must('a rollback of one owner preserves what other owners deployed', async (trial) => {
    await trial.deploy([ACCOUNT], { components: [VIEW] });
    await trial.deploy([DEAL], CRM);
    await trial.rollback();
    const schema = await trial.introspect();
    assert.deepEqual(await owned(trial), ['tenant account']);
    assert.deepEqual(schema.components, [{ ...VIEW, owner: 'tenant' }]);
  }),
};
