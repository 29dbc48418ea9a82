import assert from 'node:assert/strict';
import type { Component } from '@objectstack/spec/system';
import { changesOf, describeChanges } from './changes.js';
import { frozenCopy } from './frozen-copy.js';
import { lookup, object, renamedFrom, reordered, TEXT } from './objects.js';
import { must, type SchemaDiffChecks } from './schema-diff-check.js';
import type { SchemaDiffTrial } from './schema-diff-trial.js';
import { thrown } from './thrown.js';

const BEFORE = [
  object('account', { name: TEXT, code: { type: 'text', unique: true }, gone: TEXT }),
  object('contact', { account: lookup('account'), name: TEXT }),
  object('note', { body: TEXT }),
];
const AFTER = [
  object('account', {
    title: renamedFrom('name'),
    code: { type: 'number' },
    more: { type: 'text', index: true },
  }),
  object('person', { account: lookup('account'), name: TEXT }, { renamedFrom: 'contact' }),
  object('task', { person: lookup('person') }),
];
const view = (name: string, columns: readonly string[]): Component => ({
  kind: 'view',
  name,
  definition: { columns },
});
const COMPONENTS = [view('all', ['name']), view('some', ['code'])];

async function prepared(trial: SchemaDiffTrial) {
  await trial.deploy(BEFORE, { components: [view('all', ['code']), view('old', [])] });
  return trial.introspect();
}

export const diffChecks: SchemaDiffChecks = {
  pure: must('does not modify its arguments, and is deterministic', async (trial) => {
    const current = await prepared(trial);
    const { service } = trial;
    const given = frozenCopy({ current, desired: AFTER, options: { components: COMPONENTS } });
    const diff = service.diff(given.current, given.desired, given.options);
    assert.deepEqual(service.diff(given.current, given.desired, given.options), diff);
    assert.deepEqual(service.diff(current, AFTER, { components: COMPONENTS }), diff);
    assert.deepEqual(await trial.introspect(), current);
  }),
  order: must('does not depend on the order of objects, fields and components', async (trial) => {
    const current = await prepared(trial);
    const { service } = trial;
    const diff = service.diff(current, AFTER, { components: COMPONENTS });
    const other = service.diff(current, reordered(AFTER), { components: COMPONENTS.toReversed() });
    assert.deepEqual(other, diff);
  }),
  travels: must('accepts a schema that was serialized to JSON', async (trial) => {
    const current = await prepared(trial);
    const { service } = trial;
    const diff = service.diff(current, AFTER);
    assert.deepEqual(
      service.diff(JSON.parse(JSON.stringify(current)), JSON.parse(JSON.stringify(AFTER))),
      diff,
    );
    assert.deepEqual(JSON.parse(JSON.stringify(diff)), diff);
  }),
  hashes: must('contains the hashes of the base schema and of the target schema', async (trial) => {
    const current = await prepared(trial);
    const [diff, same] = [AFTER, BEFORE].map((desired) => trial.service.diff(current, desired));
    assert.equal(diff?.baseSchemaHash, current.schemaHash);
    assert.notEqual(diff?.targetSchemaHash, current.schemaHash);
    assert.equal(same?.targetSchemaHash, current.schemaHash);
  }),
  nothing: must('of deployed metadata is empty', async (trial) => {
    const current = await prepared(trial);
    const { tables, removed, ...diff } = trial.service.diff(current, reordered(BEFORE));
    assert.deepEqual([describeChanges(diff as never), tables, removed], [[], [], []]);
  }),
  sides: must('contains the definitions before and after each change', async (trial) => {
    const diff = trial.service.diff(await prepared(trial), AFTER, { components: COMPONENTS });
    const byId = new Map(changesOf(diff).map((change) => [change.id, change]));
    const sides = (id: string) => [byId.get(id)?.before, byId.get(id)?.after];
    assert.deepEqual(sides('rename_object:person'), [BEFORE[1], AFTER[1]]);
    assert.deepEqual(sides('remove_object:note'), [BEFORE[2], undefined]);
    assert.deepEqual(sides('change_field:account.code'), [BEFORE[0]?.fields.code, AFTER[0]?.fields.code]);
    assert.deepEqual(sides('rename_field:account.title'), [BEFORE[0]?.fields.name, AFTER[0]?.fields.title]);
    assert.deepEqual(sides('change_view:all'), [{ columns: ['code'] }, { columns: ['name'] }]);
    const renamed = diff.fields.find(({ id }) => id === 'rename_field:account.title');
    assert.deepEqual([renamed?.object, renamed?.field, renamed?.former], ['account', 'title', 'name']);
  }),
  'hint-once': must('applies renamedFrom only once: a renamed object or field can keep it', async (trial) => {
    await trial.deploy([object('account', { name: TEXT })]);
    const renamed = object('company', { title: renamedFrom('name') }, { renamedFrom: 'account' });
    await trial.deploy([renamed]);
    assert.deepEqual(describeChanges(await trial.diff([renamed])), []);
    const further = object('company', { title: renamedFrom('name'), name: TEXT }, { renamedFrom: 'account' });
    assert.deepEqual(describeChanges(await trial.diff([further, object('account', { name: TEXT })])), [
      'add_field:company.name added safe SF002',
      'add_object:account added safe SF001',
      'change_object:company modified safe SF005',
    ]);
  }),
  'no-guess': must(
    'never treats an addition and a removal as a rename without renamedFrom',
    async (trial) => {
      await trial.deploy([object('account', { name: TEXT })]);
      const changes = describeChanges(await trial.diff([object('account', { title: TEXT })]));
      assert.deepEqual(changes, [
        'add_field:account.title added safe SF002',
        'change_object:account modified safe SF005',
        'remove_field:account.name removed loses_data DS102',
      ]);
    },
  ),
  components: must('reports added, changed and removed views, flows and permission sets', async (trial) => {
    const diff = trial.service.diff(await prepared(trial), BEFORE, { components: COMPONENTS });
    assert.deepEqual(describeChanges(diff), [
      'add_view:some added safe SF004',
      'change_view:all modified safe SF005',
      'remove_view:old removed safe SF007',
    ]);
    assert.deepEqual(trial.service.generateMigrations(diff, 'sqlite').statements, []);
  }),
  'components-absent': must(
    'leaves views, flows and permission sets unchanged if none are given',
    async (trial) => {
      const current = await prepared(trial);
      assert.deepEqual(describeChanges(trial.service.diff(current, BEFORE)), []);
      await trial.deploy([object('extra', { name: TEXT }), ...BEFORE]);
      assert.deepEqual((await trial.introspect()).components, current.components);
    },
  ),
  twice: must('rejects an object that is given twice with invalid_request', async (trial) => {
    const current = await trial.introspect();
    const twice = [object('account', { name: TEXT }), object('account', { more: TEXT })];
    assert.equal(thrown(() => trial.service.diff(current, twice)).code, 'invalid_request');
  }),
  'unfit-default': must(
    'rejects a default that a new or changed field cannot store with invalid_request',
    async (trial) => {
      const account = (size: object) => [object('account', { size: { type: 'number', ...size } })];
      await trial.deploy(account({}));
      const current = await trial.introspect();
      for (const desired of [
        account({ defaultValue: 'one' }),
        [object('note', { a: { type: 'boolean', defaultValue: 2 } })],
      ])
        assert.equal(thrown(() => trial.service.diff(current, desired)).code, 'invalid_request');
    },
  ),
  taken: must(
    'rejects the name of an unmanaged table or view, in any case, with object_conflict',
    async (trial) => {
      await trial.sql('CREATE TABLE "Account" (id TEXT)');
      await trial.sql('CREATE VIEW contact AS SELECT 1 AS one');
      const current = await trial.introspect();
      for (const name of ['account', 'contact']) {
        const error = thrown(() => trial.service.diff(current, [object(name, { name: TEXT })]));
        assert.equal(error.code, 'object_conflict');
      }
      assert.deepEqual(describeChanges(trial.service.diff(current, [object('note', { name: TEXT })])), [
        'add_object:note added safe SF001',
      ]);
    },
  ),
};
