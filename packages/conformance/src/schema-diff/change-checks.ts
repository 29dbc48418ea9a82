import assert from 'node:assert/strict';
import { type CurrentSchema, DeployDiffSchema } from '@objectstack/spec/system';
import type { ChangeCase, ChangeCases } from './change-case.js';
import { changesOf, tellChanges } from './changes.js';
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
  must(`diff tells ${change.what} by id, kind, risk and code`, async (trial) => {
    if (change.before.length > 0) await trial.deploy(change.before);
    const diff = await trial.diff(change.after);
    assert.deepEqual(DeployDiffSchema.parse(diff), diff);
    assert.deepEqual(tellChanges(diff), change.changes.toSorted());
    const ids = changesOf(diff).map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length, 'Two changes have the same id.');
    const { statements } = trial.service.generateMigrations(diff, 'sqlite');
    assert.equal(statements.length === 0, change.isWords === true, 'Statements where only words change.');
  }),
);

export const reachChecks: SchemaDiffChecks = forEachCase((change) =>
  must(`${change.what}: leads to what making it at once gives, and nothing is left to do`, async (trial) => {
    await deployed(trial, change);
    const plan = await trial.plan(change.after);
    await trial.force(plan);
    const live = await trial.introspect();
    assert.equal(live.schemaHash, plan.targetSchemaHash);
    const other = await trial.fresh();
    await other.deploy(change.after);
    assert.deepEqual(madeOf(live), madeOf(await other.introspect()));
    const again = await trial.plan(reordered(change.after));
    assert.deepEqual([tellChanges(again.diff), again.statements, again.preflight], [[], [], []]);
  }),
);

export const undoChecks: SchemaDiffChecks = forEachCase((change) =>
  must(`${change.what}: rolled back, leaves schema, values and row ids as they were`, async (trial) => {
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
  must(`${change.what}: leaves row ids and all other values as they are stored`, async (trial) => {
    await deployed(trial, change);
    const { rows: had } = await trial.content();
    await trial.force(await trial.plan(change.after));
    const { rows: has } = await trial.content();
    const { expected, actual } = survivors(change, { had, has });
    assert.deepEqual(actual, expected);
  }),
);
