import type { IDataDriver } from '@objectstack/spec/contracts';
import type { ObjectDefinition } from '@objectstack/spec/data';
import { describe, expect, it } from 'vitest';
import { createSqliteSchemaDiff } from '../../src/migration/schema-diff-service.js';
import { contentOf, lossesOf, prepared, runUnmanagedSql, strict, text, thing } from '../change-case.js';
import { deploy, freshDatabase, planFor } from '../database.js';

const { applyMigrations, diff, eraseRetained, generateMigrations, introspect, planRollback, purgeRetained } =
  createSqliteSchemaDiff();
const before = thing({ a: { ...text, unique: true }, b: strict });
const without = thing({ a: text });
const records = {
  thing: [
    { id: 't', a: 'x', b: 'y' },
    { id: 'u', a: 'z', b: 'b' },
  ],
};
const LATER = new Date('9999-01-01');
const DROP_KEPT = "SELECT name FROM sqlite_schema WHERE name GLOB '_os_undo_*' AND type = 'table'";

async function narrowed(after: readonly ObjectDefinition[] = without) {
  const { driver, path } = await prepared({ before, records });
  const allow = lossesOf(await planFor(driver, after));
  const { deploymentId } = await deploy(driver, after, { allow });
  return { driver, path, deploymentId };
}

async function back(driver: IDataDriver) {
  const plan = await planRollback(driver);
  return applyMigrations(driver, plan, { allow: lossesOf(plan) });
}

/** What happened since the deployment, and how its rollback is refused. */
const SINCE: readonly [
  what: string,
  code: string,
  since: (driver: IDataDriver, path: string) => Promise<unknown>,
][] = [
  ['its retained data was purged', 'undo_expired', (driver) => purgeRetained(driver, LATER)],
  [
    'its retained tables were dropped',
    'undo_expired',
    async (driver, path) => {
      const { rows } = await driver.execute(DROP_KEPT);
      await runUnmanagedSql(
        path,
        rows.map(({ name }) => `DROP TABLE "${name}"`),
      );
    },
  ],
  [
    'a record has no value to be restored since',
    'not_null_violation',
    (driver) => driver.create('thing', { a: 'n' }),
  ],
  [
    'an unmanaged column of that name was added since',
    'object_conflict',
    (_, path) => runUnmanagedSql(path, ['ALTER TABLE thing ADD COLUMN b TEXT']),
  ],
  [
    'a column was dropped since',
    'schema_mismatch',
    (_, path) => runUnmanagedSql(path, ['ALTER TABLE thing DROP COLUMN a']),
  ],
  ['its values were erased since', 'not_null_violation', (driver) => eraseRetained(driver, 'thing', ['t'])],
];

describe('planRollback', () => {
  it.each(SINCE)('rejects without changes when %s', async (_what, code, since) => {
    const { driver, path } = await narrowed();
    await since(driver, path);
    const base = await contentOf(driver, path);
    await expect(back(driver)).rejects.toMatchObject({ code });
    expect(await contentOf(driver, path)).toEqual(base);
  });

  it('does not choose between records that share a value since', async () => {
    const { driver } = await prepared({ before: thing({ a: { ...text, unique: true } }) });
    await deploy(driver, without, { allow: lossesOf(await planFor(driver, without)) });
    await driver.bulkCreate('thing', [{ a: 'x' }, { a: 'x' }]);
    await expect(back(driver)).rejects.toMatchObject({ code: 'unique_violation' });
    expect(await driver.count('thing')).toBe(2);
  });

  it('plans only the rollback of the latest deployment', async () => {
    const { driver, path, deploymentId } = await narrowed();
    const plan = await planRollback(driver, { deploymentId });
    await deploy(driver, thing({ a: text, c: text }));
    const base = await contentOf(driver, path);
    await expect(planRollback(driver, { deploymentId })).rejects.toMatchObject({ code: 'not_latest' });
    await expect(applyMigrations(driver, plan, { allow: lossesOf(plan) })).rejects.toMatchObject({
      code: 'plan_stale',
    });
    expect(await contentOf(driver, path)).toEqual(base);
  });

  it('rejects if nothing was deployed', async () => {
    const { driver } = await freshDatabase();
    await expect(planRollback(driver)).rejects.toMatchObject({ code: 'not_latest' });
  });

  it('does not restore erased records', async () => {
    const { driver } = await prepared({ before: thing({ a: text, b: text }), records });
    await deploy(driver, without, { allow: ['remove_field:thing.b'] });
    expect(await eraseRetained(driver, 'thing', ['t'])).toBe(1);
    await back(driver);
    expect(await driver.find('thing')).toMatchObject([
      { id: 't', b: null },
      { id: 'u', b: 'b' },
    ]);
  });
});

describe('generateMigrations', () => {
  it('rejects another dialect', async () => {
    const { driver } = await prepared({ before, records });
    const changes = diff(await introspect(driver), without);
    expect(() => generateMigrations(changes, 'postgresql' as never)).toThrow(
      expect.objectContaining({ code: 'not_supported' }),
    );
  });
});
