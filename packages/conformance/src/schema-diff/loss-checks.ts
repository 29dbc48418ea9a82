import assert from 'node:assert/strict';
import { refused } from '../kit/refused.js';
import { fill } from './fill.js';
import { lookup, NUMBER, object, TEXT } from './objects.js';
import { must, type SchemaDiffChecks } from './schema-diff-check.js';
import type { SchemaDiffTrial } from './schema-diff-trial.js';

const BEFORE = [
  object('account', { name: TEXT, size: NUMBER }),
  object('note', { body: TEXT, account: lookup('account') }),
];
const AFTER = [object('account', { name: TEXT })];
const LOSSES = ['remove_field:account.size', 'remove_object:note'];

async function prepared(trial: SchemaDiffTrial) {
  await trial.deploy(BEFORE);
  await fill(trial, BEFORE);
  return { plan: await trial.plan(AFTER), before: await trial.content() };
}

export const lossChecks: SchemaDiffChecks = {
  refused: must(
    'nothing is removed without approval: destructive_not_allowed lists the changes',
    async (trial) => {
      const { plan, before } = await prepared(trial);
      const { details } = await refused(trial.apply(plan), 'destructive_not_allowed');
      assert.deepEqual([...(details.changes as string[])].sort(), LOSSES);
      assert.deepEqual(await trial.content(), before);
    },
  ),
  partly: must('a partial approval is rejected, and the remaining changes are listed', async (trial) => {
    const { plan, before } = await prepared(trial);
    for (const [allowed, rest] of [LOSSES, LOSSES.toReversed()]) {
      const { details } = await refused(
        trial.apply(plan, { allow: [allowed ?? ''] }),
        'destructive_not_allowed',
      );
      assert.deepEqual(details.changes, [rest]);
    }
    assert.deepEqual(await trial.content(), before);
  }),
  allowed: must('changes that are approved by id are applied', async (trial) => {
    const { plan } = await prepared(trial);
    assert.equal((await trial.apply(plan, { allow: LOSSES })).outcome, 'applied');
    const { tables } = await trial.introspect();
    assert.deepEqual(
      tables.map(({ name }) => name),
      ['account'],
    );
    assert.ok(!tables[0]?.columns.some(({ name }) => name === 'size'));
  }),
  unknown: must('approving an unknown change is rejected with invalid_request', async (trial) => {
    const { plan, before } = await prepared(trial);
    await refused(trial.apply(plan, { allow: [...LOSSES, 'remove_object:typo'] }), 'invalid_request');
    assert.deepEqual(await trial.content(), before);
  }),
  even: must('the removal of an empty object or field must be approved too', async (trial) => {
    await trial.deploy(BEFORE);
    await refused(trial.deploy(AFTER), 'destructive_not_allowed');
  }),
  counts: must('the preflight counts the records and values that would be removed', async (trial) => {
    const { plan } = await prepared(trial);
    const found = (await trial.findings(plan)).map(({ checkId, rows }) => {
      const check = plan.preflight.find(({ id }) => id === checkId);
      return [check?.changeId, rows, check?.stops];
    });
    assert.deepEqual(found.toSorted(), [
      ['remove_field:account.size', 2, 'unless_allowed'],
      ['remove_object:note', 3, 'unless_allowed'],
    ]);
  }),
  samples: must('the preflight returns at most five sample ids', async (trial) => {
    await trial.deploy(BEFORE);
    const ids = Array.from({ length: 8 }, (_, index) => `n${index}`);
    await trial.driver.bulkCreate(
      'note',
      ids.map((id) => ({ id, body: 'x' })),
    );
    const [finding] = await trial.findings(await trial.plan(AFTER));
    assert.equal(finding?.rows, 8);
    assert.ok((finding?.samples ?? []).length <= 5);
    for (const id of finding?.samples ?? []) assert.ok(ids.includes(id));
  }),
};
