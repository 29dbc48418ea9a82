import assert from 'node:assert/strict';
import { type CurrentSchema, DeployDiffSchema } from '@objectstack/spec/system';
import type { ChangeCase, ChangeCases } from './change-case.js';
import { changesOf, describeChanges } from './changes.js';
import { fieldCases } from './field-cases.js';
import { fill } from './fill.js';
import { indexCases } from './index-cases.js';
import { objectCases } from './object-cases.js';
import { reordered } from './objects.js';
import { must, type SchemaDiffCheck, type SchemaDiffChecks } from './schema-diff-check.js';
import type { SchemaDiffTrial } from './schema-diff-trial.js';
import { survivors } from './survivors.js';

const CASES: ChangeCases = { ...objectCases, ...fieldCases, ...indexCases };

const forEachCase = (toCheck: (change: ChangeCase) => SchemaDiffCheck): SchemaDiffChecks =>
  Object.fromEntries(Object.entries(CASES).map(([name, change]) => [name, toCheck(change)]));

async function deployed(trial: SchemaDiffTrial, { before }: ChangeCase): Promise<void> {
  if (before.length === 0) return;
  await trial.deploy(before);
  await fill(trial, before);
}

const madeOf = ({ tables, objects, schemaHash }: CurrentSchema) => ({ tables, objects, schemaHash });

export const changeChecks: SchemaDiffChecks = forEachCase((change) =>
  must(`diff reports ${change.what} with id, kind, risk and code`, async (trial) => {
    if (change.before.length > 0) await trial.deploy(change.before);
    const diff = await trial.diff(change.after);
    assert.deepEqual(DeployDiffSchema.parse(diff), diff);
    assert.deepEqual(describeChanges(diff), change.changes.toSorted());
    const ids = changesOf(diff).map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length, 'Two changes have the same id.');
    const { statements } = trial.service.generateMigrations(diff, 'sqlite');
    assert.equal(
      statements.length === 0,
      change.isWords === true,
      'Statements although only metadata changes.',
    );
  }),
);

export const reachChecks: SchemaDiffChecks = forEachCase((change) =>
  must(
    `${change.what}: results in the same schema as a new deployment, and a second diff is empty`,
    async (trial) => {
      await deployed(trial, change);
      const plan = await trial.plan(change.after);
      await trial.force(plan);
      const live = await trial.introspect();
      assert.equal(live.schemaHash, plan.targetSchemaHash);
      const other = await trial.fresh();
      await other.deploy(change.after);
      assert.deepEqual(madeOf(live), madeOf(await other.introspect()));
      const again = await trial.plan(reordered(change.after));
      assert.deepEqual([describeChanges(again.diff), again.statements, again.preflight], [[], [], []]);
    },
  ),
);

export const undoChecks: SchemaDiffChecks = forEachCase((change) =>
  must(`${change.what}: a rollback restores schema, values and row ids`, async (trial) => {
    await deployed(trial, change);
    const before = await trial.content();
    await trial.force(await trial.plan(change.after));
    await trial.rollback();
    const after = await trial.content();
    assert.deepEqual(madeOf(after.schema), madeOf(before.schema));
    assert.deepEqual(after.rows, before.rows);
  }),
);

export const keepChecks: SchemaDiffChecks = forEachCase((change) =>
  must(`${change.what}: row ids and all other values are unchanged`, async (trial) => {
    await deployed(trial, change);
    const { rows: had } = await trial.content();
    await trial.force(await trial.plan(change.after));
    const { rows: has } = await trial.content();
    const { expected, actual } = survivors(change, { had, has });
    assert.deepEqual(actual, expected);
  }),
);
