import type { IDataDriver } from '@objectstack/spec/contracts';
import type { ObjectDefinition } from '@objectstack/spec/data';
import type { MigrationPlan } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { freshDatabase, planFor, stranger } from '../../test/database.js';
import { type Random, randomFrom } from '../../test/random.js';
import { fill, randomChange } from '../../test/random-changes.js';
import { type Rows, rowsOf } from '../../test/table-rows.js';
import { createSqliteSchemaDiff } from './schema-diff-service.js';

const { introspect, runPreflight, applyMigrations, planRollback } = createSqliteSchemaDiff();
const SEEDS = Array.from({ length: Number(process.env.OBJECTSTACK_RUNS ?? 60) }, (_, index) => index + 1);
const DATA_CODES = ['conversion_failed', 'foreign_key_violation', 'not_null_violation', 'unique_violation'];

/** Ids of the changes that may take something away. */
const losses = ({ diff }: MigrationPlan) =>
  [...diff.objects, ...diff.fields].flatMap(({ id, risk, code }) =>
    risk === 'loses_data' || code === 'DS103' ? [id] : [],
  );

/** Checks that still find something although the losses are allowed. */
async function inTheWay(driver: IDataDriver, plan: MigrationPlan): Promise<string[]> {
  const allowed = new Set(losses(plan));
  const findings = await runPreflight(driver, plan);
  return findings.flatMap(({ checkId, rows }, index) => {
    const check = plan.preflight[index];
    const isAllowed = check?.stops === 'unless_allowed' && allowed.has(check.changeId);
    return rows > 0 && check?.stops !== 'never' && !isAllowed ? [checkId] : [];
  });
}

/** Applies with everything allowed; what the preflight says must be what comes of it. */
async function applyAll(driver: IDataDriver, plan: MigrationPlan): Promise<boolean> {
  const hindrances = await inTheWay(driver, plan);
  const error = await applyMigrations(driver, plan, { allow: losses(plan) }).then(
    () => null,
    (thrown) => thrown,
  );
  if (!error) {
    expect(hindrances).toEqual([]);
    return true;
  }
  expect(DATA_CODES, error.stack).toContain(error.code);
  expect(hindrances, error.message).not.toEqual([]);
  return false;
}

async function contentOf(driver: IDataDriver, path: string) {
  const { tables, objects, schemaHash } = await introspect(driver);
  const sequences = await stranger(path).execute(
    "SELECT id, last_value FROM _os_sequence WHERE id NOT LIKE '\\_os\\_%' ESCAPE '\\' ORDER BY id",
  );
  const names = objects.map(({ definition }) => definition);
  return {
    tables,
    objects,
    schemaHash,
    sequences: sequences.rows.map((row) => [row.id, row.last_value]),
    rows: await rowsOf(path, names),
  };
}

async function expectSound(path: string): Promise<void> {
  const client = stranger(path);
  expect((await client.execute('PRAGMA integrity_check')).rows[0]?.[0]).toBe('ok');
  expect((await client.execute('PRAGMA foreign_key_check')).rows).toEqual([]);
}

/** Changes a record or adds one in every object; returns the ids that were touched. */
async function writeBetween(driver: IDataDriver, random: Random, objects: readonly ObjectDefinition[]) {
  const touched = new Set<string>();
  const known = new Set<string>();
  for (const { name } of objects) for (const { id } of await driver.find(name)) known.add(id);
  await fill(
    driver,
    random,
    objects.filter(() => random.chance(0.7)),
  ).catch((error) => {
    expect(DATA_CODES.concat('validation_failed')).toContain(error.code);
  });
  for (const { name, fields } of objects) {
    for (const { id } of await driver.find(name)) {
      if (!known.has(id)) {
        touched.add(id);
        continue;
      }
      if (!random.chance(0.3)) continue;
      const field = Object.keys(fields).find((key) => fields[key]?.type === 'text' && !fields[key]?.unique);
      if (!field) continue;
      await driver.update(
        name,
        id,
        { [field]: random.pick(['changed', '7', '2026-05-05']) },
        { system: true },
      );
      touched.add(id);
    }
  }
  return { touched, known };
}

function withoutTouched(rows: Rows, touched: ReadonlySet<string>, names: readonly string[]): Rows {
  return Object.fromEntries(
    names.map((name) => [name, (rows[name] ?? []).filter(({ id }) => !touched.has(id))]),
  );
}

describe('planRollback', () => {
  it.each(SEEDS)(
    'brings everything back that any deployment took away, and forth again (seed %i)',
    async (seed) => {
      const random = randomFrom(seed);
      const { before, after } = randomChange(random, 'things are removed');
      const { driver, path } = await freshDatabase(before);
      await fill(driver, random, before);
      const base = await contentOf(driver, path);
      const plan = await planFor(driver, after);
      if (plan.diff.objects.length === 0) return;
      if (losses(plan).length > 0 && plan.statements.some(({ risk }) => risk === 'loses_data')) {
        await expect(applyMigrations(driver, plan)).rejects.toMatchObject({
          code: 'destructive_not_allowed',
        });
        expect(await contentOf(driver, path)).toEqual(base);
      }
      if (!(await applyAll(driver, plan))) {
        expect(await contentOf(driver, path)).toEqual(base);
        return;
      }
      const { driver: fresh } = await freshDatabase(after);
      const target = await introspect(fresh);
      const done = await contentOf(driver, path);
      expect({ tables: done.tables, objects: done.objects }).toEqual({
        tables: target.tables,
        objects: target.objects,
      });
      expect((await planFor(driver, after)).statements).toEqual([]);
      await expectSound(path);

      const back = await planRollback(driver);
      expect(await applyAll(driver, back)).toBe(true);
      expect(await contentOf(driver, path)).toEqual(base);
      await expectSound(path);
      expect((await planFor(driver, before)).statements).toEqual([]);

      const forth = await planRollback(driver);
      expect(await applyAll(driver, forth)).toBe(true);
      expect(await contentOf(driver, path)).toEqual(done);

      const { touched } = await writeBetween(driver, random, after);
      const written = await contentOf(driver, path);
      const backAgain = await planRollback(driver);
      if (!(await applyAll(driver, backAgain))) {
        expect(await contentOf(driver, path)).toEqual(written);
        return;
      }
      await expectSound(path);
      const end = await contentOf(driver, path);
      expect({ tables: end.tables, objects: end.objects, schemaHash: end.schemaHash }).toEqual({
        tables: base.tables,
        objects: base.objects,
        schemaHash: base.schemaHash,
      });
      const names = before.map(({ name }) => name);
      expect(withoutTouched(end.rows, touched, names)).toEqual(withoutTouched(base.rows, touched, names));
      const stays = new Map(
        backAgain.diff.objects.flatMap((change) =>
          change.after && change.before ? [[change.before.name, change.after.name] as const] : [],
        ),
      );
      for (const [object, rows] of Object.entries(written.rows)) {
        const isRemoved = backAgain.diff.removed.some(({ name }) => name === object);
        const now = end.rows[stays.get(object) ?? object] ?? [];
        if (!isRemoved) expect(now.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
      }
    },
  );
});
