import assert from 'node:assert/strict';
import { CurrentSchemaSchema } from '@objectstack/spec/system';
import { refused } from '../kit/refused.js';
import { lookup, NUMBER, object } from './objects.js';
import { must, type SchemaDiffChecks } from './schema-diff-check.js';
import type { SchemaDiffTrial } from './schema-diff-trial.js';

const ACCOUNT = object('account', { name: { type: 'text', unique: true }, size: NUMBER });
const CONTACT = object('contact', { account: lookup('account', { deleteBehavior: 'cascade' }) });

const stored = (trial: SchemaDiffTrial) =>
  trial.sql('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name');

export const introspectChecks: SchemaDiffChecks = {
  empty: must('finds nothing in an empty database, and no deployment', async (trial) => {
    const { tables, views, objects, components, deploymentId, planHash, dialect } = await trial.introspect();
    assert.deepEqual(
      { tables, views, objects, components },
      { tables: [], views: [], objects: [], components: [] },
    );
    assert.deepEqual([deploymentId, planHash, dialect], [null, null, 'sqlite']);
  }),
  'changes-nothing': must('does not change the database, not even an empty one', async (trial) => {
    await trial.introspect();
    assert.deepEqual(await stored(trial), []);
    await trial.deploy([ACCOUNT]);
    const before = await stored(trial);
    await trial.introspect();
    assert.deepEqual(await stored(trial), before);
  }),
  repeats: must('returns the same result each time', async (trial) => {
    await trial.deploy([ACCOUNT, CONTACT]);
    const schema = await trial.introspect();
    assert.deepEqual(await trial.introspect(), schema);
    assert.deepEqual(CurrentSchemaSchema.parse(JSON.parse(JSON.stringify(schema))), schema);
  }),
  deployed: must('finds tables, definitions and the history as deployed', async (trial) => {
    const { deploymentId } = await trial.deploy([ACCOUNT, CONTACT], { deploymentId: 'first' });
    const schema = await trial.introspect();
    assert.equal(deploymentId, 'first');
    assert.equal(schema.deploymentId, 'first');
    assert.deepEqual(
      schema.objects,
      [ACCOUNT, CONTACT].map((definition) => ({ owner: 'tenant', definition })),
    );
    const [account, contact] = schema.tables;
    assert.deepEqual(
      account?.columns.map(({ name, type, notNull, primaryKey }) => [name, type, notNull, primaryKey]),
      [
        ['created_at', 'TEXT', true, 0],
        ['id', 'TEXT', true, 1],
        ['name', 'TEXT', false, 0],
        ['size', 'REAL', false, 0],
        ['updated_at', 'TEXT', true, 0],
      ],
    );
    assert.deepEqual(contact?.foreignKeys, [
      {
        columns: ['account'],
        table: 'account',
        references: ['id'],
        onDelete: 'CASCADE',
        onUpdate: 'NO ACTION',
      },
    ]);
    assert.deepEqual(
      account?.indexes.map(({ unique, columns }) => [unique, columns]),
      [[true, [{ name: 'name', collation: 'BINARY', descending: false }]]],
    );
  }),
  'plan-hash': must('returns the hash of the plan that was applied last', async (trial) => {
    await trial.deploy([ACCOUNT]);
    const plan = await trial.plan([ACCOUNT, CONTACT]);
    await trial.apply(plan);
    assert.equal((await trial.introspect()).planHash, plan.planHash);
  }),
  'own-tables': must('does not list the system tables', async (trial) => {
    await trial.deploy([ACCOUNT]);
    await trial.deploy([], { allow: ['remove_object:account'] });
    const { tables } = await trial.introspect();
    assert.deepEqual(tables, []);
    assert.ok((await stored(trial)).length > 0, 'The history is missing.');
  }),
  'not-connected': must('rejects with not_connected if the driver is not connected', async (trial) => {
    await trial.deploy([ACCOUNT]);
    const plan = await trial.plan([ACCOUNT, CONTACT]);
    const { service, driver } = trial;
    await driver.disconnect();
    await refused(service.introspect(driver), 'not_connected');
    await refused(service.applyMigrations(driver, plan), 'not_connected');
    await refused(service.planRollback(driver), 'not_connected');
    await refused(service.purgeRetained(driver), 'not_connected');
  }),
};
