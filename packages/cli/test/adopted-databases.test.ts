import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSqliteSchemaDiff, createTursoDriver } from '@objectstack/driver-turso';
import type { IDataDriver, SqlResult } from '@objectstack/spec/contracts';
import type { Field, ObjectDefinition } from '@objectstack/spec/data';
import { sampledIt, sampleOf } from '@objectstack/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { introspectDatabase } from '../src/pull/introspect-database.js';
import { pulledObjects } from '../src/pull/pulled-objects.js';
import { ADOPTED_SCHEMAS, type AdoptedSchema } from './adopted-schemas.js';

const service = createSqliteSchemaDiff();
const { signal } = new AbortController();
const bundle = { checksum: 'b'.repeat(64), version: '1.0.0' };

async function database({ ddl, rows, unmanaged = [] }: AdoptedSchema) {
  const folder = await mkdtemp(join(tmpdir(), 'objectstack-'));
  const driver = createTursoDriver({ url: `file:${join(folder, 'app.db')}` });
  await driver.connect();
  onTestFinished(async () => {
    await driver.disconnect();
    await rm(folder, { recursive: true, force: true });
  });
  for (const sql of [...ddl, ...rows]) await driver.execute(sql);
  const pull = async () => {
    const { objects } = pulledObjects(await introspectDatabase('app.db', { cwd: folder, signal }));
    return objects.filter(({ name }) => !unmanaged.includes(name));
  };
  return { driver, pull };
}

type Stored = Record<string, SqlResult['rows']>;

/** Every stored value with its type and row id, by table and column. */
async function stored(
  driver: IDataDriver,
  tables: Readonly<Record<string, readonly string[]>>,
): Promise<Stored> {
  const result: Stored = {};
  for (const [table, columns] of Object.entries(tables)) {
    const values = columns.map(
      (name) =>
        `typeof("${name}"), CASE typeof("${name}") WHEN 'integer' THEN CAST("${name}" AS TEXT) ELSE "${name}" END AS "${name}"`,
    );
    result[table] = (
      await driver.execute(`SELECT CAST(rowid AS TEXT), ${values.join(', ')} FROM "${table}" ORDER BY rowid`)
    ).rows;
  }
  return result;
}

/** The values as texts: a rebuilt column stores an integer as REAL, and a number in JSON as text. */
const texts = (tables: Stored) =>
  Object.entries(tables).map(([table, rows]) => [
    table,
    rows.map((row) =>
      Object.entries(row).flatMap(([name, value]) =>
        name.startsWith('typeof(') ? [] : [name, String(value)],
      ),
    ),
  ]);

const columnsOf = (objects: readonly ObjectDefinition[]) =>
  Object.fromEntries(objects.map(({ name, fields }) => [name, ['id', ...Object.keys(fields)]]));

type Change = (fields: Record<string, Field>) => Record<string, Field>;

/** The objects with other fields in one of them. */
const changed = (objects: readonly ObjectDefinition[], name: string, change: Change): ObjectDefinition[] =>
  objects.map((object) => (object.name === name ? { ...object, fields: change(object.fields) } : object));

async function deploy(driver: IDataDriver, objects: readonly ObjectDefinition[]) {
  const plan = await service.planMigrations(await service.introspect(driver), objects, { bundle });
  const allow = [...plan.diff.fields, ...plan.diff.objects, ...plan.diff.indexes].map(({ id }) => id);
  return { plan, result: await service.applyMigrations(driver, plan, { allow }) };
}

async function rollBack(driver: IDataDriver) {
  const plan = await service.planRollback(driver);
  const allow = [...plan.diff.fields, ...plan.diff.objects, ...plan.diff.indexes].map(({ id }) => id);
  await service.applyMigrations(driver, plan, { allow });
}

const drift = async (driver: IDataDriver) =>
  service.findDrift(await service.introspect(driver)).map(({ table }) => table);

/** Pulls and adopts the database, after the statements that the findings name were run. */
async function adopt(schema: AdoptedSchema) {
  const { driver, pull } = await database(schema);
  for (let round = 0; round < 4; round++) {
    const objects = await pull();
    const { findings } = await service.planBaseline(driver, objects, { bundle });
    const fixes = new Set(findings.flatMap(({ severity, fix = [] }) => (severity === 'error' ? fix : [])));
    if (fixes.size === 0) break;
    for (const sql of fixes) await driver.execute(sql);
  }
  const objects = await pull();
  const before = await stored(driver, columnsOf(objects));
  const plan = await service.planBaseline(driver, objects, { bundle });
  expect(plan.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  const applied = await service.applyBaseline(driver, objects, { bundle });
  expect(applied.outcome).toBe('applied');
  expect(await stored(driver, columnsOf(objects))).toEqual(before);
  return { driver, objects, before, applied };
}

describe.each(ADOPTED_SCHEMAS)('a database of $name', (schema) => {
  const test = sampledIt(it, 2, ADOPTED_SCHEMAS.indexOf(schema));
  const { object, renames, retypes, created, rejected } = schema;
  const unmanaged = [...(schema.additions ?? []), ...(schema.unmanaged ?? [])];

  it('is adopted without drift and without changing a row', async () => {
    const { driver, objects } = await adopt(schema);
    expect(await drift(driver)).toEqual(unmanaged);
    const same = await service.planMigrations(await service.introspect(driver), objects, { bundle });
    expect([same.statements, same.diff.tables]).toEqual([[], []]);
    expect(await service.applyBaseline(driver, objects, { bundle })).toMatchObject({
      outcome: 'already_applied',
    });
  });

  test('gets an added field without a table rebuild, and loses it in a rollback', async () => {
    const { driver, objects, before } = await adopt(schema);
    const next = changed(objects, object, (fields) => ({ ...fields, note_of_test: { type: 'text' } }));
    const { plan } = await deploy(driver, next);
    expect(plan.statements.map(({ kind }) => kind)).toEqual(['add_column']);
    expect(await drift(driver)).toEqual(unmanaged);
    expect(await stored(driver, columnsOf(objects))).toEqual(before);
    await driver.create(object, { ...created, note_of_test: 'x' });
    await rollBack(driver);
    expect(await drift(driver)).toEqual(unmanaged);
    const rows = Object.entries(await stored(driver, columnsOf(objects)));
    for (const [name, found] of rows) expect(found.slice(0, before[name]?.length)).toEqual(before[name]);
  });

  const changes = [
    ['renamed', renames],
    ['retyped', retypes],
  ] as const;
  it.each(sampleOf(changes, 2, ADOPTED_SCHEMAS.indexOf(schema)))(
    'keeps every row and value through a %s field and its rollback',
    async (how, name) => {
      const { driver, objects, before } = await adopt(schema);
      const records = await driver.find(object, {});
      const next = changed(objects, object, (fields) => {
        const { [name]: field, ...others } = fields;
        if (how === 'renamed')
          return { ...others, renamed_of_test: { ...field, renamedFrom: name } as Field };
        return {
          ...fields,
          [name]: { type: field?.type === 'number' ? 'text' : 'textarea', storage: {} } as Field,
        };
      });
      const { plan } = await deploy(driver, next);
      expect(plan.diff.normalized?.map(({ before: { name: table } }) => table)).toContain(object);
      expect(await drift(driver)).toEqual(unmanaged);
      await rollBack(driver);
      expect(await drift(driver)).toEqual(unmanaged);
      expect(await driver.find(object, {})).toEqual(records);
      expect(texts(await stored(driver, columnsOf(objects)))).toEqual(texts(before));
    },
  );

  test('follows the definition in writes', async () => {
    const { driver } = await adopt(schema);
    const record = await driver.create(object, created);
    expect(await driver.findOne(object, { where: { id: String(record.id) } })).toEqual(record);
    expect(record).toMatchObject(created);
    for (const [data, code] of rejected)
      await expect(
        driver.create(object, { ...created, ...data }),
        JSON.stringify(data),
      ).rejects.toMatchObject({
        code,
      });
  });
});
