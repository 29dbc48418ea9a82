import assert from 'node:assert/strict';
import { type CurrentSchema, DeployDiffSchema } from '@objectstack/spec/system';
import type { ChangeCase, ChangeCases } from './change-case.js';
import { courseOf } from './change-course.js';
import { changesOf, describeChanges } from './changes.js';
import { fieldCases } from './field-cases.js';
import { indexCases } from './index-cases.js';
import { objectCases } from './object-cases.js';
import { must, type SchemaDiffCheck, type SchemaDiffChecks } from './schema-diff-check.js';
import { survivors } from './survivors.js';

const CASES: ChangeCases = { ...objectCases, ...fieldCases, ...indexCases };

const forEachCase = (toCheck: (change: ChangeCase) => SchemaDiffCheck): SchemaDiffChecks =>
  Object.fromEntries(Object.entries(CASES).map(([name, change]) => [name, toCheck(change)]));

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
      const course = await courseOf(trial, change);
      const { schema } = course.after();
      assert.equal(schema.schemaHash, course.plan().targetSchemaHash);
      const other = await trial.fresh();
      await other.deploy(change.after);
      assert.deepEqual(madeOf(schema), madeOf(await other.introspect()));
      const again = course.again();
      assert.deepEqual([describeChanges(again.diff), again.statements, again.preflight], [[], [], []]);
    },
  ),
);

export const undoChecks: SchemaDiffChecks = forEachCase((change) =>
  must(`${change.what}: a rollback restores schema, values and row ids`, async (trial) => {
    const course = await courseOf(trial, change);
    const [before, restored] = [course.before(), course.restored()];
    assert.deepEqual(madeOf(restored.schema), madeOf(before.schema));
    assert.deepEqual(restored.rows, before.rows);
  }),
);

export const keepChecks: SchemaDiffChecks = forEachCase((change) =>
  must(`${change.what}: row ids and all other values are unchanged`, async (trial) => {
    const course = await courseOf(trial, change);
    const { expected, actual } = survivors(change, { had: course.before().rows, has: course.after().rows });
    assert.deepEqual(actual, expected);
  }),
);
