import assert from 'node:assert/strict';
import { type DeployDiff, MigrationPlanSchema } from '@objectstack/spec/system';
import { changesOf } from './changes.js';
import { fill } from './fill.js';
import { frozenCopy } from './frozen-copy.js';
import { lookup, NUMBER, object, reordered, STORED, TEXT } from './objects.js';
import { must, type SchemaDiffChecks } from './schema-diff-check.js';
import type { SchemaDiffTrial } from './schema-diff-trial.js';
import { rejectionOf, thrown } from './thrown.js';

const BEFORE = [
  object('account', { name: STORED, code: NUMBER, gone: TEXT }),
  object('contact', { account: lookup('account'), name: TEXT }),
  object('note', { body: TEXT }),
];
const AFTER = [
  object('account', { name: TEXT, code: TEXT, more: { type: 'text', index: true } }),
  object('contact', { account: lookup('account', { deleteBehavior: 'cascade' }), name: TEXT }),
];
const BUNDLE = { checksum: 'a'.repeat(64), version: '1.2.3' };

async function prepared(trial: SchemaDiffTrial) {
  await trial.deploy(BEFORE);
  return trial.introspect();
}

const kindsOf = ({ statements }: { statements: readonly { kind: string }[] }) =>
  [...new Set(statements.map(({ kind }) => kind))].sort();

export const planChecks: SchemaDiffChecks = {
  pure: must('does not modify its arguments', async (trial) => {
    const diff: DeployDiff = frozenCopy(trial.service.diff(await prepared(trial), AFTER));
    const plan = trial.service.generateMigrations(diff, 'sqlite', frozenCopy({ bundle: BUNDLE }));
    assert.deepEqual(MigrationPlanSchema.parse(plan), plan);
    assert.deepEqual(plan.diff, diff);
  }),
  'same-bytes': must('yields the same bytes for the same change, in every order', async (trial) => {
    const current = await prepared(trial);
    const { service } = trial;
    const text = (desired: typeof AFTER) =>
      JSON.stringify(service.generateMigrations(service.diff(current, desired), 'sqlite'));
    assert.equal(text(AFTER), text(AFTER));
    assert.equal(text(reordered(AFTER)), text(AFTER));
    const traveled = JSON.parse(JSON.stringify(service.diff(current, AFTER)));
    assert.equal(JSON.stringify(service.generateMigrations(traveled, 'sqlite')), text(AFTER));
  }),
  'every-tenant': must(
    'is the same for every database with the same schema, regardless of its records',
    async (trial) => {
      await prepared(trial);
      const other = await trial.fresh();
      await other.deploy(reordered(BEFORE));
      await fill(other, BEFORE);
      assert.equal((await other.plan(AFTER)).planHash, (await trial.plan(AFTER)).planHash);
    },
  ),
  hash: must('has another hash for another change and for another bundle', async (trial) => {
    const current = await prepared(trial);
    const { service } = trial;
    const plans = [AFTER, AFTER.slice(0, 1), BEFORE].map((desired) =>
      service.generateMigrations(service.diff(current, desired), 'sqlite'),
    );
    const { bundleChecksum: _, bundleVersion: __, diff } = plans[0] ?? assert.fail();
    for (const version of ['1.2.3', '1.2.4'])
      plans.push(service.generateMigrations(diff, 'sqlite', { bundle: { ...BUNDLE, version } }));
    assert.equal(new Set(plans.map(({ planHash }) => planHash)).size, plans.length);
  }),
  pins: must(
    'contains the bundle and the hashes of the base schema and of the target schema',
    async (trial) => {
      const current = await prepared(trial);
      const diff = trial.service.diff(current, AFTER);
      const plan = trial.service.generateMigrations(diff, 'sqlite', { bundle: BUNDLE });
      assert.deepEqual([plan.bundleChecksum, plan.bundleVersion], [BUNDLE.checksum, BUNDLE.version]);
      assert.deepEqual(
        [plan.baseSchemaHash, plan.targetSchemaHash],
        [current.schemaHash, diff.targetSchemaHash],
      );
    },
  ),
  causes: must('contains, for every statement and check, the change that requires it', async (trial) => {
    await prepared(trial);
    const plan = await trial.plan(AFTER);
    const known = new Set(changesOf(plan.diff).map(({ id }) => id));
    const named = [...plan.statements, ...plan.preflight].map(({ changeId }) => changeId);
    assert.deepEqual(
      named.filter((id) => !known.has(id)),
      [],
    );
    assert.deepEqual(
      plan.statements.map(({ order }) => order),
      [...plan.statements.keys()],
    );
  }),
  'causes-elsewhere': must(
    'contains a change for every statement if the target of a lookup is added or removed',
    async (trial) => {
      const contact = object('contact', { account: lookup('account'), name: TEXT });
      const account = object('account', { name: TEXT });
      await trial.deploy([contact]);
      for (const desired of [[contact, account], [contact]]) {
        const plan = await trial.plan(desired);
        const known = new Set(changesOf(plan.diff).map(({ id }) => id));
        assert.deepEqual(
          plan.statements.filter(({ changeId }) => !known.has(changeId)),
          [],
        );
        await trial.force(plan);
      }
    },
  ),
  words: must('contains an explanation of every statement and every check', async (trial) => {
    await prepared(trial);
    const { statements, preflight } = await trial.plan(AFTER);
    for (const { explanation } of [...statements, ...preflight]) assert.match(explanation, /\w \w/);
  }),
  'tells-loss': must('has a statement that loses data exactly if a change does', async (trial) => {
    await prepared(trial);
    const risks = async (desired: typeof AFTER) =>
      (await trial.plan(desired)).statements.some(({ risk }) => risk === 'loses_data');
    assert.equal(await risks(AFTER), true);
    assert.equal(await risks([...BEFORE, object('more', { name: TEXT })]), false);
  }),
  smallest: must('rebuilds no table if a smaller change suffices', async (trial) => {
    await prepared(trial);
    const [account, contact, note] = BEFORE;
    const fields = {
      ...account?.fields,
      more: { type: 'text', unique: true },
      link: lookup('contact'),
      named: { type: 'text', renamedFrom: 'gone' },
    };
    const { gone: _, ...kept } = fields as typeof fields & { gone?: unknown };
    const desired = [object('account', kept), contact ?? assert.fail(), note ?? assert.fail()];
    const plan = await trial.plan(desired);
    assert.deepEqual(kindsOf(plan), ['add_column', 'create_index', 'rename_column']);
  }),
  nothing: must('without changes has no statements, and can be applied', async (trial) => {
    await prepared(trial);
    const plan = await trial.plan(BEFORE);
    assert.deepEqual([plan.statements, plan.preflight, plan.reversible], [[], [], true]);
    const result = await trial.apply(plan);
    assert.equal(result.statementsExecuted, 0);
  }),
  travels: must('can be applied after it was serialized to JSON', async (trial) => {
    await prepared(trial);
    const plan = await trial.plan(AFTER);
    await trial.force(JSON.parse(JSON.stringify(plan)));
    assert.equal((await trial.introspect()).schemaHash, plan.targetSchemaHash);
  }),
  read: must('reads a plan from JSON unchanged, and rejects it if any part was changed', async (trial) => {
    await prepared(trial);
    const plan = await trial.plan(AFTER);
    const traveled = JSON.parse(JSON.stringify(plan));
    const read = await trial.service.readPlan({ ...traveled, findings: [] });
    assert.deepEqual([await trial.service.readPlan(plan), read], [plan, plan]);
    traveled.statements = [];
    assert.notDeepEqual(read.statements, []);
    const { diff, statements } = plan;
    const changed = [
      traveled,
      { ...plan, statements: statements.slice(0, -1) },
      { ...plan, diff: { ...diff, owner: 'other' } },
      { ...plan, targetSchemaHash: plan.baseSchemaHash },
      { ...plan, planHash: plan.baseSchemaHash },
      {},
      null,
    ];
    for (const value of changed)
      assert.equal((await rejectionOf(trial.service.readPlan(value))).code, 'invalid_plan');
    const newer = { ...plan, protocolVersion: '99' };
    assert.equal((await rejectionOf(trial.service.readPlan(newer))).code, 'unsupported_protocol_version');
  }),
  'in-one-call': must('compares and plans in one call, until it is aborted', async (trial) => {
    const current = await prepared(trial);
    const { service } = trial;
    const options = { bundle: BUNDLE, owner: 'tenant' };
    const diff = service.diff(current, AFTER, options);
    const plan = await service.planMigrations(current, AFTER, options);
    assert.deepEqual(plan, service.generateMigrations(diff, 'sqlite', options));
    const twice = [...AFTER, ...AFTER];
    assert.equal((await rejectionOf(service.planMigrations(current, twice))).code, 'invalid_request');
    const signal = AbortSignal.abort();
    assert.equal((await rejectionOf(service.planMigrations(current, AFTER, { signal }))).code, 'aborted');
  }),
  dialects: must('rejects an unsupported dialect with not_supported', async (trial) => {
    const diff = trial.service.diff(await prepared(trial), AFTER);
    for (const dialect of ['postgresql', 'mysql', 'oracle'] as const)
      assert.equal(thrown(() => trial.service.generateMigrations(diff, dialect)).code, 'not_supported');
  }),
};
