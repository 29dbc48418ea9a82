import type { DeployDiff } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { freshDatabase, planFor, stranger } from '../../test/database.js';
import { randomFrom } from '../../test/random.js';
import { fill, randomChange } from '../../test/random-changes.js';
import { type Rows, rowsOf } from '../../test/table-rows.js';
import { conversionOf } from './convert-value.js';
import { createSqliteSchemaDiff } from './schema-diff-service.js';

const { introspect, runPreflight, applyMigrations } = createSqliteSchemaDiff();
const SEEDS = Array.from({ length: Number(process.env.OBJECTSTACK_RUNS ?? 60) }, (_, index) => index + 1);

/** Refusals that come of the data. */
const DATA_CODES = ['conversion_failed', 'foreign_key_violation', 'not_null_violation', 'unique_violation'];

const isConverted = ({ before, after }: Partial<DeployDiff['fields'][number]> = {}) =>
  before && after && conversionOf(before, after) !== null;

/** The rows before, under their new names, of the fields that are not converted. */
function expectSurvivors(before: Rows, after: Rows, diff: DeployDiff): void {
  const formerObjects = new Map(diff.objects.map(({ object, before: was }) => [object, was?.name]));
  for (const [object, rows] of Object.entries(after)) {
    const was = formerObjects.has(object) ? formerObjects.get(object) : object;
    if (was === undefined) continue;
    const old = before[was] ?? [];
    expect(rows.map(({ rowid, id }) => [rowid, id])).toEqual(old.map(({ rowid, id }) => [rowid, id]));
    const changes = new Map(
      diff.fields.filter((change) => change.object === object).map((change) => [change.field, change]),
    );
    for (const [index, { values }] of rows.entries()) {
      for (const [field, value] of Object.entries(values)) {
        const change = changes.get(field);
        if (change?.change === 'added' || isConverted(change)) continue;
        const from = change?.change === 'renamed' ? (change.former ?? field) : field;
        const kept = old[index]?.values[from];
        if (kept !== undefined) expect({ field, value }).toEqual({ field, value: kept });
      }
    }
  }
}

describe('a change that loses nothing', () => {
  it.each(SEEDS)(
    'leads to the desired schema with every record, or leaves all as it was (seed %i)',
    async (seed) => {
      const random = randomFrom(seed);
      const { before, after } = randomChange(random);
      const { driver, path } = await freshDatabase(before);
      await fill(driver, random, before);
      const base = await introspect(driver);
      const rows = await rowsOf(path, before);
      const plan = await planFor(driver, after);
      const inTheWay = (await runPreflight(driver, plan)).filter((finding) => finding.rows > 0);
      const error = await applyMigrations(driver, plan).then(
        () => null,
        (thrown) => thrown,
      );
      if (error) {
        expect(DATA_CODES).toContain(error.code);
        expect(inTheWay.length).toBeGreaterThan(0);
        expect(await introspect(driver)).toEqual(base);
        expect(await rowsOf(path, before)).toEqual(rows);
        return;
      }
      expect(inTheWay).toEqual([]);
      const live = await introspect(driver);
      const { driver: fresh } = await freshDatabase(after);
      const target = await introspect(fresh);
      expect({ tables: live.tables, objects: live.objects }).toEqual({
        tables: target.tables,
        objects: target.objects,
      });
      expectSurvivors(rows, await rowsOf(path, after), plan.diff);
      expect((await planFor(driver, after)).statements).toEqual([]);
      const client = stranger(path);
      expect((await client.execute('PRAGMA integrity_check')).rows[0]?.[0]).toBe('ok');
      expect((await client.execute('PRAGMA foreign_key_check')).rows).toEqual([]);
      for (const { name } of after) await driver.find(name);
    },
  );
});
