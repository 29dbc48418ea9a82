import assert from 'node:assert/strict';
import { DeploymentEntrySchema } from '@objectstack/spec/system';
import { refused } from '../kit/refused.js';
import { NUMBER, object, TEXT } from './objects.js';
import { must, type SchemaDiffChecks } from './schema-diff-check.js';
import type { SchemaDiffTrial } from './schema-diff-trial.js';

const bundle = (digit: string) => ({ checksum: digit.repeat(64), version: `${digit}.0.0` });
const versions = [
  [object('thing', { name: TEXT, a: TEXT, b: TEXT })],
  [object('thing', { name: TEXT, b: TEXT })],
  [object('thing', { name: TEXT })],
  [object('thing', { name: TEXT, c: NUMBER })],
];

/** Removes one field after the other and adds another, each in its own deployment. */
async function deployed(trial: SchemaDiffTrial, count = versions.length) {
  const contents = [];
  for (const [place, objects] of versions.slice(0, count).entries()) {
    const { service, driver } = trial;
    const version = bundle(String(place + 1));
    const plan = service.generateMigrations(await trial.diff(objects), 'sqlite', { bundle: version });
    const allow = plan.diff.fields.flatMap(({ id, risk }) => (risk === 'loses_data' ? [id] : []));
    await trial.apply(plan, { deploymentId: `d${place + 1}`, allow });
    if (place === 0)
      await driver.bulkCreate('thing', [
        { id: 'x', name: 'x', a: 'a of x', b: 'b of x' },
        { id: 'y', name: 'y', a: 'a of y', b: 'b of y' },
      ]);
    contents.push(await trial.content());
  }
  return contents;
}

const history = (trial: SchemaDiffTrial) => trial.service.readHistory(trial.driver);

export const stackChecks: SchemaDiffChecks = {
  unchanged: must(
    'deploying deployed metadata has the outcome unchanged and adds no entry',
    async (trial) => {
      await deployed(trial, 2);
      const content = await trial.content();
      const entries = await history(trial);
      const [, objects = []] = versions;
      for (const options of [{}, { bundle: bundle('2') }]) {
        const plan = trial.service.generateMigrations(await trial.diff(objects), 'sqlite', options);
        const result = await trial.apply(plan, { deploymentId: 'again' });
        assert.deepEqual(
          [result.outcome, result.deploymentId, result.statementsExecuted],
          ['unchanged', 'd2', 0],
        );
      }
      assert.deepEqual(await history(trial), entries);
      assert.deepEqual(await trial.content(), content);
    },
  ),
  'other-bundle': must('another bundle without changes is a new entry on top of the stack', async (trial) => {
    const [, second] = await deployed(trial, 2);
    const [, objects = []] = versions;
    for (const next of [bundle('3'), { ...bundle('3'), version: '3.0.1' }]) {
      const plan = trial.service.generateMigrations(await trial.diff(objects), 'sqlite', { bundle: next });
      assert.equal((await trial.apply(plan)).outcome, 'applied');
      const { bundleChecksum: checksum, bundleVersion: version } = (await history(trial)).at(-1) ?? {};
      assert.deepEqual({ checksum, version }, next);
    }
    await trial.rollback();
    await trial.rollback();
    assert.equal((await trial.introspect()).schemaHash, second?.schema.schemaHash);
    const plan = await trial.planRollback();
    assert.equal(plan.diff.restores?.deploymentId, 'd2');
  }),
  'one-by-one': must(
    'after the latest deployment is rolled back, the previous one is the latest',
    async (trial) => {
      const contents = await deployed(trial);
      for (const place of [2, 1, 0]) {
        const plan = await trial.planRollback();
        assert.equal(plan.bundleVersion, `${place + 1}.0.0`);
        assert.equal(plan.diff.restores?.deploymentId, `d${place + 2}`);
        await trial.force(plan);
        const { schema, rows } = await trial.content();
        assert.deepEqual(
          [schema.schemaHash, rows],
          [contents[place]?.schema.schemaHash, contents[place]?.rows],
        );
      }
    },
  ),
  'same-change-twice': must(
    'the same change deployed twice is rolled back twice, each with its own values',
    async (trial) => {
      const [more = [], less = []] = versions;
      await deployed(trial, 2);
      await trial.deploy(more);
      await trial.driver.update('thing', 'x', { a: 'later a of x' });
      await trial.force(await trial.plan(less));
      const aOf = async () =>
        (await trial.driver.find('thing', { orderBy: [{ field: 'id' }] })).map(({ a }) => a);
      await trial.rollback();
      assert.deepEqual(await aOf(), ['later a of x', null]);
      await trial.rollback();
      await trial.rollback();
      assert.deepEqual(await aOf(), ['a of x', 'a of y']);
    },
  ),
  later: must(
    'of a deployment below others is rejected with not_latest, which lists the later ones',
    async (trial) => {
      await deployed(trial);
      const before = await trial.content();
      const { details } = await refused(trial.planRollback({ deploymentId: 'd2' }), 'not_latest');
      assert.deepEqual([details.latest, details.later], ['d4', ['d3', 'd4']]);
      assert.deepEqual(await trial.content(), before);
    },
  ),
  redo: must('of the latest rollback redoes its deployment, until the next deployment', async (trial) => {
    const contents = await deployed(trial);
    const back = await trial.rollback();
    await trial.rollback();
    await refused(trial.planRollback({ deploymentId: back.deploymentId }), 'not_latest');
    const { deploymentId = '' } = { deploymentId: (await history(trial)).at(-1)?.id };
    await trial.rollback({ deploymentId });
    assert.deepEqual((await trial.content()).rows, contents[2]?.rows);
    await trial.rollback({ deploymentId: back.deploymentId });
    assert.equal((await trial.introspect()).schemaHash, contents[3]?.schema.schemaHash);
    const last = await trial.rollback();
    await trial.deploy([...(versions[2] ?? []), object('more', { name: TEXT })]);
    await refused(trial.planRollback({ deploymentId: last.deploymentId }), 'not_latest');
  }),
  history: must('the history contains what is in effect, and which rollback undid what', async (trial) => {
    assert.deepEqual(await history(trial), []);
    await deployed(trial, 3);
    const { deploymentId } = await trial.rollback();
    const entries = await history(trial);
    for (const entry of entries) assert.deepEqual(DeploymentEntrySchema.parse(entry), entry);
    assert.deepEqual(
      entries.map(({ id, isInEffect, rollbackOf, rolledBackBy, bundleVersion }) => [
        id,
        isInEffect,
        rollbackOf,
        rolledBackBy,
        bundleVersion,
      ]),
      [
        ['d1', true, undefined, undefined, '1.0.0'],
        ['d2', true, undefined, undefined, '2.0.0'],
        ['d3', false, undefined, deploymentId, '3.0.0'],
        [deploymentId, false, 'd3', undefined, '2.0.0'],
      ],
    );
  }),
  expired: must(
    'rollback information is deleted with the retained data, also of earlier deployments',
    async (trial) => {
      await deployed(trial);
      await trial.service.purgeRetained(trial.driver, new Date(Date.now() + 8 * 86_400_000));
      assert.deepEqual(
        (await history(trial)).map(({ isRetained }) => isRetained),
        [false, false, false, true],
      );
      await trial.rollback();
      await refused(trial.planRollback(), 'undo_expired');
    },
  ),
  'other-record': must(
    'a record created with the id of a deleted record gets none of its values',
    async (trial) => {
      await deployed(trial, 2);
      await trial.driver.delete('thing', 'x');
      await trial.driver.create('thing', { id: 'x', name: 'another' });
      await trial.rollback();
      const things = await trial.driver.find('thing', { orderBy: [{ field: 'id' }] });
      assert.deepEqual(
        things.map(({ name, a }) => [name, a]),
        [
          ['another', null],
          ['y', 'a of y'],
        ],
      );
    },
  ),
};
