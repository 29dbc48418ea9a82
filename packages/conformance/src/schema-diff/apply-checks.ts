import assert from 'node:assert/strict';
import { MigrationResultSchema } from '@objectstack/spec/system';
import { refused } from '../kit/refused.js';
import { fill } from './fill.js';
import { lookup, object, reordered, STORED, TEXT } from './objects.js';
import { must, type SchemaDiffChecks } from './schema-diff-check.js';

const ACCOUNT = object('account', { name: TEXT });
const STRICT = object('account', { name: { ...STORED, defaultValue: 'none' } });

export const applyChecks: SchemaDiffChecks = {
  result: must(
    'returns the deployment id, the number of executed statements and the duration',
    async (trial) => {
      const plan = await trial.plan([ACCOUNT]);
      const result = await trial.apply(plan, { deploymentId: 'mine' });
      assert.deepEqual(MigrationResultSchema.parse(result), result);
      const { outcome, deploymentId, statementsExecuted } = result;
      assert.deepEqual(
        [outcome, deploymentId, statementsExecuted],
        ['applied', 'mine', plan.statements.length],
      );
    },
  ),
  'first-with-plan': must(
    'runs the statements of first and the plan in one transaction, in this order',
    async (trial) => {
      await trial.deploy([ACCOUNT]);
      const plan = await trial.plan([STRICT]);
      const first = [
        {
          sql: 'INSERT INTO account (id, created_at, updated_at) VALUES (?, ?, ?)',
          args: ['early', '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z'],
        },
      ];
      await trial.apply(plan, { first });
      assert.equal((await trial.driver.findOne('account', { where: { id: 'early' } }))?.name, 'none');
      assert.equal((await trial.apply(plan, { first })).outcome, 'already_applied');
    },
  ),
  'first-or-nothing': must('changes nothing if a statement of first or the plan fails', async (trial) => {
    await trial.deploy([ACCOUNT]);
    await trial.driver.create('account', { id: 'there', name: 'a' });
    const remove = { sql: 'DELETE FROM account' };
    const guard = { sql: `SELECT CASE WHEN changes() <> 2 THEN json_extract('{}', 'OS_DATA_CHANGED') END` };
    const before = await trial.content();
    await refused(trial.apply(await trial.plan([STRICT]), { first: [remove, guard] }), 'plan_stale');
    assert.deepEqual(await trial.content(), before);
    const unique = await trial.plan([object('account', { name: { ...TEXT, unique: true } })]);
    const twice = {
      sql: `INSERT INTO account (id, created_at, updated_at, name) VALUES ('other', '', '', 'a')`,
    };
    await refused(trial.apply(unique, { first: [twice] }), 'unique_violation');
    assert.deepEqual(await trial.content(), before);
  }),
  'new-id': must('generates an id for every deployment if none is given', async (trial) => {
    const first = await trial.deploy([ACCOUNT]);
    const second = await trial.deploy([STRICT]);
    assert.notEqual(first.deploymentId, second.deploymentId);
    assert.equal((await trial.introspect()).deploymentId, second.deploymentId);
  }),
  'bytes-do-not-matter': must(
    'results in the same schema regardless of the order of objects and fields',
    async (trial) => {
      const desired = [
        object('left', { a: TEXT, b: lookup('right') }),
        object('right', { c: TEXT, d: TEXT }),
      ];
      await trial.deploy(desired);
      const other = await trial.fresh();
      await other.deploy(reordered(desired));
      assert.equal((await other.introspect()).schemaHash, (await trial.introspect()).schemaHash);
    },
  ),
  'words-only': must(
    'runs no DDL if only metadata changes, and the driver uses the new metadata immediately',
    async (trial) => {
      await trial.deploy([ACCOUNT]);
      const { schemaVersion } = await trial.introspect();
      await trial.deploy([object('account', { name: { type: 'text', maxLength: 3 } })]);
      assert.equal((await trial.introspect()).schemaVersion, schemaVersion);
      await refused(trial.driver.create('account', { name: 'long' }), 'validation_failed');
    },
  ),
  components: must('creates, changes and removes views, flows and permission sets', async (trial) => {
    const kinds = ['flow', 'permission', 'view'] as const;
    for (const words of [['a'], ['b'], []]) {
      const components = words.flatMap((word) =>
        kinds.map((kind) => ({ kind, name: 'all', definition: { word } })),
      );
      await trial.deploy([ACCOUNT], { components });
      const expected = components.map((component) => ({ ...component, owner: 'tenant' }));
      assert.deepEqual((await trial.introspect()).components, expected);
    }
  }),
  'default-fills': must('a new NOT NULL field is filled with its default', async (trial) => {
    await trial.deploy([ACCOUNT]);
    await trial.driver.create('account', { id: 'a', name: 'x' });
    await trial.deploy([object('account', { name: TEXT, state: { ...STORED, defaultValue: 'new' } })]);
    assert.equal((await trial.driver.findOne('account', {}))?.state, 'new');
  }),
  enforces: must('enforces what was deployed: uniqueness, lookups and NOT NULL', async (trial) => {
    await trial.deploy([
      object('account', { code: { type: 'text', unique: true }, name: STORED, up: lookup('account') }),
    ]);
    await trial.driver.create('account', { id: 'a', code: '1', name: 'x' });
    const system = { system: true };
    await refused(trial.driver.create('account', { code: '1', name: 'x' }, system), 'unique_violation');
    await refused(
      trial.driver.create('account', { code: '2', name: 'x', up: 'no_such_id' }, system),
      'foreign_key_violation',
    );
    await refused(trial.driver.create('account', { code: '3' }, system), 'not_null_violation');
  }),
  sound: must('leaves a database that passes its integrity checks', async (trial) => {
    const contact = object('contact', { account: lookup('account'), name: TEXT });
    await trial.deploy([ACCOUNT, contact]);
    await fill(trial, [ACCOUNT, contact]);
    await trial.driver.update('account', 'account_2', { name: 'not empty' });
    await trial.deploy([
      STRICT,
      object('contact', {
        account: lookup('account', { deleteBehavior: 'cascade' }),
        title: { type: 'text', index: true, renamedFrom: 'name' },
      }),
    ]);
    const [integrity] = await trial.sql('SELECT integrity_check AS answer FROM pragma_integrity_check');
    assert.equal(integrity?.answer, 'ok');
    assert.deepEqual(await trial.sql('SELECT "table" FROM pragma_foreign_key_check'), []);
  }),
};
