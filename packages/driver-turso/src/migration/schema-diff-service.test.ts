import type { ObjectDefinition } from '@objectstack/spec/data';
import { type CurrentSchema, type MigrationPlan, MigrationPlanSchema } from '@objectstack/spec/system';
import { randomFrom, sampleOf } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { deploy, directClient, freshDatabase, object, planFor } from '../../test/database.js';
import { randomAddition, reordered } from '../../test/random-objects.js';
import { createSqliteSchemaDiff } from './schema-diff-service.js';

const { diff, generateMigrations, introspect, runPreflight } = createSqliteSchemaDiff();
const SEEDS = Array.from({ length: 40 }, (_, index) => index + 1);

const contentOf = ({ tables, views, objects, components, schemaHash }: CurrentSchema) => ({
  tables,
  views,
  objects,
  components,
  schemaHash,
});

async function schemaOf(objects: readonly ObjectDefinition[]): Promise<CurrentSchema> {
  return introspect((await freshDatabase(objects)).driver);
}

describe('createSqliteSchemaDiff', () => {
  it.each(sampleOf(SEEDS, 4))('leads to the same schema as a new deployment (seed %i)', async (seed) => {
    const random = randomFrom(seed);
    const { before, after } = randomAddition(random);
    const { driver, path } = await freshDatabase(before);
    const plan = await planFor(driver, after);
    expect(MigrationPlanSchema.parse(JSON.parse(JSON.stringify(plan))).planHash).toBe(plan.planHash);
    await createSqliteSchemaDiff().applyMigrations(driver, JSON.parse(JSON.stringify(plan)));
    const live = await introspect(driver);
    expect(contentOf(live)).toEqual(contentOf(await schemaOf(after)));
    expect(live.schemaHash).toBe(plan.targetSchemaHash);
    const again = await planFor(driver, reordered(random, after));
    expect(again).toMatchObject({
      statements: [],
      diff: { objects: [], fields: [], indexes: [], components: [] },
    });
    const checks = await directClient(path).execute('PRAGMA integrity_check');
    expect(checks.rows[0]?.integrity_check).toBe('ok');
  });

  it.each(sampleOf(SEEDS.slice(0, 10), 3))(
    'generates the same plan for any order of the input (seed %i)',
    async (seed) => {
      const random = randomFrom(seed);
      const { before, after } = randomAddition(random);
      const current = await schemaOf(before);
      const plan = generateMigrations(diff(current, after), 'sqlite');
      const other = generateMigrations(
        diff(await schemaOf(reordered(random, before)), reordered(random, after)),
        'sqlite',
      );
      expect(other.planHash).toBe(plan.planHash);
      expect(generateMigrations(diff(current, after), 'sqlite')).toEqual(plan);
    },
  );

  it('runs no DDL when only labels change', async () => {
    const before = object('account', { name: { type: 'text', label: 'Name' } });
    const after = object(
      'account',
      { name: { type: 'text', label: 'Title', maxLength: 5 } },
      { label: 'Account' },
    );
    const { driver } = await freshDatabase([before]);
    const version = (await introspect(driver)).schemaVersion;
    const plan = await planFor(driver, [after]);
    expect(plan.statements).toEqual([]);
    expect(plan.diff.objects.map(({ id }) => id)).toEqual(['change_object:account']);
    await createSqliteSchemaDiff().applyMigrations(driver, plan);
    expect(await introspect(driver)).toMatchObject({
      schemaVersion: version,
      objects: [{ definition: after }],
    });
    await expect(driver.create('account', { name: 'too long' })).rejects.toMatchObject({
      code: 'validation_failed',
    });
  });

  it('writes, changes and removes components', async () => {
    const { driver } = await freshDatabase([object('account', { name: { type: 'text' } })]);
    const objects = [object('account', { name: { type: 'text' } })];
    const view = (columns: string[]) => ({ kind: 'view' as const, name: 'all', definition: { columns } });
    for (const components of [[view(['a'])], [view(['b'])], []]) {
      await deploy(driver, objects, { components });
      const live = (await introspect(driver)).components;
      expect(live).toEqual(components.map((component) => ({ ...component, owner: 'tenant' })));
    }
    await deploy(driver, objects, { components: [view(['a'])] });
    await deploy(driver, objects);
    expect((await introspect(driver)).components).toHaveLength(1);
    await expect(deploy(driver, [], { owner: 'crm', components: [view(['a'])] })).rejects.toMatchObject({
      code: 'object_conflict',
    });
  });

  it('does not change unmanaged objects', async () => {
    const { driver, path } = await freshDatabase([object('account', { name: { type: 'text' } })]);
    const client = directClient(path);
    await client.executeMultiple(`
      CREATE TABLE "Their Table" (a INTEGER, b TEXT DEFAULT 'x', PRIMARY KEY (b, a)) WITHOUT ROWID;
      CREATE INDEX theirs ON account (name) WHERE name IS NOT NULL;
      CREATE INDEX theirs_too ON account (lower(name) DESC);
      ALTER TABLE account ADD COLUMN their_column TEXT REFERENCES account(id);
      CREATE VIEW their_view AS SELECT * FROM account;
      CREATE TRIGGER theirs AFTER INSERT ON account BEGIN SELECT 1; END;`);
    const before = await introspect(driver);
    await deploy(driver, [object('account', { name: { type: 'text' }, more: { type: 'text' } })]);
    const after = await introspect(driver);
    expect(after.views).toEqual(before.views);
    expect(after.tables[0]).toEqual(before.tables[0]);
    expect(after.tables[1]).toMatchObject({
      indexes: before.tables[1]?.indexes,
      triggers: before.tables[1]?.triggers,
      foreignKeys: [{ columns: ['their_column'] }],
    });
    expect(await driver.create('account', { more: 'x' })).toMatchObject({ more: 'x' });
  });

  it.each([
    ['CREATE TABLE account (id TEXT)', 'account'],
    ['CREATE TABLE "Account" (id TEXT)', 'account'],
    ['CREATE VIEW account AS SELECT 1', 'account'],
    ['CREATE TABLE other (a TEXT); CREATE INDEX account ON other (a)', 'account'],
  ])('refuses a name in use by %s', async (sql) => {
    const { driver, path } = await freshDatabase();
    await directClient(path).executeMultiple(sql);
    await expect(deploy(driver, [object('account', { name: { type: 'text' } })])).rejects.toMatchObject({
      code: 'object_conflict',
      details: { object: 'account' },
    });
  });

  it.each(['more', 'MORE'])('rejects a field with the name of an unmanaged column %s', async (column) => {
    const { driver, path } = await freshDatabase([object('account', { name: { type: 'text' } })]);
    await directClient(path).execute(`ALTER TABLE account ADD COLUMN "${column}" TEXT`);
    await expect(
      deploy(driver, [object('account', { name: { type: 'text' }, more: { type: 'text' } })]),
    ).rejects.toMatchObject({ code: 'object_conflict', details: { object: 'account', field: 'more' } });
  });

  it.each([
    'ALTER TABLE account DROP COLUMN plain',
    'ALTER TABLE account RENAME COLUMN plain TO other',
    'ALTER TABLE account RENAME TO other',
    'DROP TABLE account',
    'DROP INDEX (SELECT)',
  ])('detects that a table was changed outside of a deployment: %s', async (sql) => {
    const fields = { plain: { type: 'text' }, name: { type: 'text', unique: true } };
    const { driver, path } = await freshDatabase([object('account', fields)]);
    const client = directClient(path);
    const index = await client.execute(
      `SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'account' AND sql IS NOT NULL`,
    );
    await client.execute(sql.replace('(SELECT)', `"${index.rows[0]?.name}"`));
    await expect(
      deploy(driver, [object('account', { ...fields, more: { type: 'text' } })]),
    ).rejects.toMatchObject({
      code: 'schema_mismatch',
      details: { object: 'account' },
    });
  });

  it('rejects two definitions of the same object', async () => {
    const account = object('account', { name: { type: 'text' } });
    const { driver } = await freshDatabase();
    await expect(planFor(driver, [account, account])).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('counts the records that violate a unique index, and changes nothing if there are some', async () => {
    const before = object('account', { name: { type: 'text' }, city: { type: 'text' } });
    const { driver } = await freshDatabase([before]);
    const names = ['Ann', 'ann', 'ANN', 'Bob', null, null];
    await driver.bulkCreate(
      'account',
      names.map((name) => ({ name, city: 'x' })),
    );
    const after = object('account', {
      name: { type: 'text', unique: true, caseSensitive: false },
      city: { type: 'text', unique: true },
      more: { type: 'text' },
      extra: { type: 'text', unique: true },
    });
    const plan = await planFor(driver, [after, object('another', { a: { type: 'text' } })]);
    const found = new Map(
      (await runPreflight(driver, plan)).map(({ checkId, rows }) => [checkId.split('_').at(-2), rows]),
    );
    expect(found).toEqual(
      new Map([
        ['name', 3],
        ['city', 6],
      ]),
    );
    const schema = await introspect(driver);
    const error = await createSqliteSchemaDiff()
      .applyMigrations(driver, plan)
      .catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'unique_violation' });
    const failed = plan.statements[error.details.statement];
    expect(error.details.changeId).toBe(failed?.changeId);
    expect(failed).toMatchObject({ kind: 'create_index', risk: 'may_fail' });
    expect(JSON.stringify(error)).not.toContain('Ann');
    expect(await introspect(driver)).toEqual(schema);
    await driver.deleteMany('account', { where: { name: { $ne: 'Bob' } } });
    expect((await runPreflight(driver, plan)).map(({ rows }) => rows)).toEqual([0, 0]);
    expect(await createSqliteSchemaDiff().applyMigrations(driver, plan)).toMatchObject({
      outcome: 'applied',
    });
  });

  it('handles values that are not JSON', async () => {
    const { driver } = await freshDatabase();
    await planFor(driver, [object('account', { a: { type: 'text', defaultValue: null } })]);
    for (const label of ['half \ud800', Number.NaN, 1n]) {
      const broken = {
        name: 'account',
        fields: { a: { type: 'text', defaultValue: label } },
      } as ObjectDefinition;
      await expect(planFor(driver, [broken])).rejects.toMatchObject({ code: 'invalid_request' });
    }
  });

  it('reads a definition as its JSON value', async () => {
    const { driver } = await freshDatabase();
    const boxed = { name: 'boxed', fields: { a: { type: 'text', maxLength: Object(40), extra: () => 1 } } };
    const plain = object('boxed', { a: { type: 'text', maxLength: 40 } });
    const odd = await planFor(driver, [boxed as unknown as ObjectDefinition]);
    expect(odd).toEqual(await planFor(driver, [plain]));
    expect(odd.diff.objects[0]?.after?.fields).toEqual({ a: { type: 'text', maxLength: 40 } });
  });

  it('reports a lookup without its object, a list of lookups and an unsupported index type', async () => {
    const { driver } = await freshDatabase();
    const fields = {
      user: { type: 'lookup', reference: 'user' },
      many: { type: 'lookup', reference: 'account', multiple: true },
    };
    const plan: MigrationPlan = await planFor(driver, [
      object('account', fields, { indexes: [{ fields: ['user'], type: 'gin' }] }),
    ]);
    expect(plan.diff.notices.map(({ code }) => code).sort()).toEqual([
      'index_not_made',
      'list_without_foreign_key',
      'lookup_without_foreign_key',
    ]);
    await createSqliteSchemaDiff().applyMigrations(driver, plan);
    expect((await introspect(driver)).tables[0]).toMatchObject({ foreignKeys: [], indexes: [] });
    expect(await driver.create('account', { user: 'some-user' })).toMatchObject({ user: 'some-user' });
  });
});
