import assert from 'node:assert/strict';
import type { SqlStatement } from '@objectstack/spec/contracts';
import { type ObjectDefinition, ObjectDefinitionSchema } from '@objectstack/spec/data';
import { refused } from '../kit/refused.js';
import { type DriverCheck, type DriverChecks, ifCapable, withAnother } from './driver-trial.js';

const object = (name: string, fields: Record<string, unknown>): ObjectDefinition =>
  ObjectDefinitionSchema.parse({ name, fields });

const PLAIN = object('plain', { name: { type: 'text' } });
const WIDER = object('plain', { name: { type: 'text' }, size: { type: 'number' } });
const needsBatch = (check: DriverCheck): DriverCheck => ({ ...check, capability: 'batchSchemaSync' });

export const schemaChecks: DriverChecks = {
  'new-object': ifCapable(
    'schemaSync',
    'syncSchema makes an object usable immediately',
    async ({ driver }) => {
      await driver.syncSchema('plain', PLAIN);
      const made = await driver.create('plain', { name: 'x' });
      assert.deepEqual(await driver.find('plain'), [made]);
    },
  ),
  'new-field': ifCapable(
    'schemaSync',
    'syncSchema adds a field and preserves the records',
    async ({ driver }) => {
      await driver.syncSchema('plain', PLAIN);
      const made = await driver.create('plain', { name: 'x' });
      await driver.syncSchema('plain', WIDER);
      assert.deepEqual(await driver.find('plain'), [{ ...made, size: null }]);
      assert.equal((await driver.update('plain', made.id, { size: 2 })).size, 2);
    },
  ),
  repeats: ifCapable(
    'schemaSync',
    'syncSchema of a deployed definition changes nothing',
    async ({ driver }) => {
      await driver.syncSchema('plain', PLAIN);
      const made = await driver.create('plain', { name: 'x' });
      await driver.syncSchema('plain', PLAIN);
      assert.deepEqual(await driver.find('plain'), [made]);
    },
  ),
  'other-name': ifCapable(
    'schemaSync',
    'syncSchema rejects the definition of another object, or none',
    async ({ driver }) => {
      await refused(driver.syncSchema('other', PLAIN), 'invalid_request');
      await refused(driver.syncSchema('plain', {} as ObjectDefinition), 'invalid_request');
      await refused(driver.find('other'), 'object_not_found');
    },
  ),
  'values-that-do-not-fit': ifCapable(
    'schemaSync',
    'syncSchema rejects a field that cannot store its own default or backfill value, and deploys nothing',
    async ({ driver }) => {
      await driver.syncSchema('plain', PLAIN);
      for (const value of [{ defaultValue: 'two' }, { backfill: 'two' }]) {
        const fields = { name: { type: 'text' }, size: { type: 'number', ...value } };
        await refused(driver.syncSchema('plain', object('plain', fields)), 'invalid_request');
        await refused(driver.syncSchema('other', object('other', fields)), 'invalid_request');
      }
      assert.equal(Object.hasOwn(await driver.create('plain', { name: 'x' }), 'size'), false);
      await refused(driver.find('other'), 'object_not_found');
    },
  ),
  'never-removes': ifCapable(
    'schemaSync',
    'syncSchema rejects the removal of a field, and preserves its values',
    async ({ driver }) => {
      await driver.syncSchema('plain', WIDER);
      const made = await driver.create('plain', { name: 'x', size: 2 });
      await refused(driver.syncSchema('plain', PLAIN), 'destructive_not_allowed');
      assert.deepEqual(await driver.find('plain'), [made]);
    },
  ),
  batch: ifCapable(
    'batchSchemaSync',
    'syncSchemasBatch deploys objects that refer to each other',
    async ({ driver }) => {
      const left = object('left', { other: { type: 'lookup', reference: 'right' } });
      const right = object('right', { other: { type: 'lookup', reference: 'left' } });
      await driver.syncSchemasBatch(
        [left, right].map((definition) => ({ object: definition.name, definition })),
      );
      const { id } = await driver.create('right', {});
      await driver.create('left', { other: id });
      await refused(driver.create('left', { other: 'no_such_id' }), 'foreign_key_violation');
    },
  ),
  'batch-all-or-none': ifCapable(
    'batchSchemaSync',
    'syncSchemasBatch deploys no object if one is rejected',
    async ({ driver }) => {
      const work = driver.syncSchemasBatch([
        { object: 'plain', definition: PLAIN },
        { object: 'broken', definition: {} as ObjectDefinition },
      ]);
      await refused(work, 'invalid_request');
      await refused(driver.find('plain'), 'object_not_found');
    },
  ),
  'noticed-elsewhere': needsBatch(
    withAnother('a deployment by one driver is visible to another', async ({ driver, another }) => {
      const other = await another();
      await driver.syncSchema('plain', PLAIN);
      const made = await driver.create('plain', { name: 'x' });
      assert.deepEqual(await other.find('plain'), [made]);
      await driver.syncSchema('plain', WIDER);
      await other.refresh();
      assert.equal((await other.create('plain', { size: 1 })).size, 1);
    }),
  ),
};

const raw = (behavior: string, run: DriverCheck['run']) => ifCapable('migrations', behavior, run);

export const rawChecks: DriverChecks = {
  execute: raw(
    'execute binds its arguments and returns rows in the encoding of the database',
    async ({ driver }) => {
      const { rows } = await driver.execute('SELECT ? AS said, ? AS size, ? AS none', ["it's", 1.5, null]);
      assert.deepEqual(
        rows.map((row) => ({ ...row })),
        [{ said: "it's", size: 1.5, none: null }],
      );
    },
  ),
  'execute-refused': raw(
    'execute rejects with sql_error if the database rejects the statement',
    async ({ driver }) => {
      for (const sql of ['SELEC 1', 'SELECT * FROM nothing_here'])
        await refused(driver.execute(sql), 'sql_error');
    },
  ),
  atomic: raw('executeAtomic runs statements in order and returns their results', async ({ driver }) => {
    const results = await driver.executeAtomic([
      { sql: 'CREATE TABLE kit_things (id TEXT PRIMARY KEY)' },
      { sql: 'INSERT INTO kit_things VALUES (?)', args: ['t1'] },
      { sql: 'SELECT id FROM kit_things' },
    ]);
    assert.equal(results.length, 3);
    assert.deepEqual(
      results[2]?.rows.map(({ id }) => id),
      ['t1'],
    );
  }),
  'atomic-all-or-none': raw(
    'executeAtomic has no effect if a statement fails, and identifies it',
    async ({ driver }) => {
      const work = driver.executeAtomic([
        { sql: 'CREATE TABLE kit_things (id TEXT PRIMARY KEY)' },
        { sql: "INSERT INTO kit_things VALUES ('t1')" },
        { sql: "INSERT INTO kit_things VALUES ('t1')" },
      ]);
      const error = await refused(work, 'unique_violation');
      assert.equal(error.details.statementIndex, 2);
      await refused(driver.execute('SELECT * FROM kit_things'), 'sql_error');
    },
  ),
  'atomic-read': raw('executeAtomic rejects a statement that writes in read mode', async ({ driver }) => {
    await driver.executeAtomic([{ sql: 'CREATE TABLE kit_things (id TEXT PRIMARY KEY)' }]);
    const read = { sql: 'SELECT id FROM kit_things' };
    const write = { sql: "WITH new (id) AS (SELECT 't1') INSERT INTO kit_things SELECT id FROM new" };
    const error = await refused(driver.executeAtomic([read, write], { mode: 'read' }), 'not_allowed');
    assert.equal(error.details.statementIndex, 1);
    const [result] = await driver.executeAtomic([read], { mode: 'read' });
    assert.deepEqual(result?.rows, []);
  }),
  'atomic-foreign-keys': raw(
    'executeAtomic enforces foreign keys and names a violated one, unless enforcement is off',
    async ({ driver }) => {
      const [table, dangling] = [
        'CREATE TABLE kit_things (id TEXT PRIMARY KEY, parent TEXT REFERENCES kit_things (id))',
        "INSERT INTO kit_things VALUES ('t1', 'no_such_id')",
      ].map((sql) => ({ sql })) as [SqlStatement, SqlStatement];
      await driver.executeAtomic([table]);
      const { details } = await refused(driver.executeAtomic([dangling]), 'foreign_key_violation');
      assert.deepEqual([details.object, details.field], ['kit_things', 'parent']);
      await driver.executeAtomic([dangling], { foreignKeys: 'off' });
      const { rows } = await driver.execute('SELECT id FROM kit_things');
      assert.equal(rows.length, 1);
      await refused(driver.create('folder', { parent: 'nowhere' }), 'foreign_key_violation');
    },
  ),
};
