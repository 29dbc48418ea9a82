import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { IDataDriver } from '@objectstack/spec/contracts';
import { expect } from 'vitest';
import { tursoLocal } from '../../src/local/turso-local.js';
import { createSqliteSchemaDiff } from '../../src/migration/schema-diff-service.js';
import { deploy, directClient, object, planFor } from '../database.js';
import { codeOf, databaseWith, introspect, number, runPreflight, strict, text, to } from './checks.js';

const { findDrift } = createSqliteSchemaDiff();
const BEFORE = [object('thing', { name: text, size: number }), object('other', { name: text })];
const thing = (fields: Record<string, Record<string, unknown>>) => [
  object('thing', fields),
  ...BEFORE.slice(1),
];

/** By the SQL that ran outside of a deployment: the desired metadata and the expected result. */
async function expectConflict(sql: string, after: typeof BEFORE, code = 'object_conflict'): Promise<void> {
  const { driver, path } = await databaseWith(BEFORE);
  await directClient(path).executeMultiple(sql);
  expect(await codeOf(planFor(driver, after))).toBe(code);
}

/** Changes outside of deployments, and conditions that are detected before a migration. */
export const DRIFT_SCENARIOS = {
  'a column that was dropped outside of a deployment': () =>
    expectConflict(
      'ALTER TABLE thing DROP COLUMN size',
      thing({ name: text, size: number, more: text }),
      'schema_mismatch',
    ),

  'a column that was added outside of a deployment': () =>
    expectConflict('ALTER TABLE thing ADD COLUMN more TEXT', thing({ name: text, size: number, more: text })),

  'an unmanaged index on a removed column': () =>
    expectConflict('CREATE INDEX theirs ON thing (size)', thing({ name: text })),

  'a view that mentions a renamed column': () =>
    expectConflict(
      'CREATE VIEW theirs AS SELECT name FROM thing',
      thing({ title: { ...text, renamedFrom: 'name' }, size: number }),
    ),

  async 'a table that refers to a removed object'() {
    const { driver } = await databaseWith(BEFORE);
    await deploy(driver, [object('child', { link: to('other') })], { owner: 'another_app' });
    expect(await codeOf(planFor(driver, BEFORE.slice(0, 1)))).toBe('object_conflict');
  },

  'a name in use': () =>
    expectConflict('CREATE TABLE taken (a TEXT)', [...BEFORE, object('taken', { name: text })]),

  async 'a database that is not empty'() {
    const { path, url } = await databaseWith(BEFORE);
    const dir = dirname(path);
    await directClient(path).execute('PRAGMA wal_checkpoint(TRUNCATE)');
    await mkdir(join(dir, 'tenants'));
    await copyFile(path, join(dir, 'tenants', 'tenant.db'));
    const plane = tursoLocal({ dir });
    const claimed = codeOf(plane.claimDatabase({ url, databaseName: 'tenant' }, 'some-user'));
    expect(await claimed).toBe('database_collision');
  },

  async 'drift that is found'() {
    const { driver, path } = await databaseWith(BEFORE);
    await directClient(path).execute('CREATE INDEX theirs ON thing (size)');
    expect(findDrift(await introspect(driver))).toMatchObject([{ code: 'DR701', name: 'theirs' }]);
  },

  async 'obstructing records'() {
    const before = object('record', { a: text, b: text, c: text, d: text, e: to('target') });
    const { driver } = await databaseWith([before], {
      record: [
        { a: 'x', b: 'x', d: 'long', e: 'no-such-id' },
        { a: '1', b: 'x', c: 'y' },
      ],
    });
    const fields = {
      a: number,
      b: { ...text, unique: true },
      c: strict,
      d: { ...text, maxLength: 2 },
      e: to('target'),
    };
    const plan = await planFor(driver, [object('record', fields), object('target', { name: text })]);
    const found = (await runPreflight(driver, plan)).map(({ checkId, rows }) => [
      checkId.replace(/_[0-9a-f]{10}$/, ''),
      rows,
    ]);
    expect(new Map(found as [string, number][])).toEqual(
      new Map([
        ['duplicates:_os_ix_record_b', 2],
        ['misfits:record.a', 1],
        ['empty:record.c', 1],
        ['orphans:record.e', 1],
        ['too_long:record.d', 1],
      ]),
    );
  },

  async 'additions by others'() {
    const { driver, path } = await databaseWith(BEFORE, { thing: [{ name: 'a' }] });
    await directClient(path).executeMultiple(
      'ALTER TABLE thing ADD COLUMN theirs TEXT; CREATE INDEX by_theirs ON thing (theirs); UPDATE thing SET theirs = 1',
    );
    const [live] = (await introspect(driver)).tables.filter(({ name }) => name === 'thing');
    await reachBeside(driver, thing({ name: strict, size: number }));
    const [after] = (await introspect(driver)).tables.filter(({ name }) => name === 'thing');
    expect(after).toMatchObject({ indexes: live?.indexes });
    expect((await driver.execute('SELECT theirs FROM thing')).rows).toEqual([{ theirs: '1' }]);
  },
} as const;

async function reachBeside(driver: IDataDriver, after: typeof BEFORE): Promise<void> {
  const plan = await planFor(driver, after);
  expect(await codeOf(createSqliteSchemaDiff().applyMigrations(driver, plan))).toBe('done');
}
