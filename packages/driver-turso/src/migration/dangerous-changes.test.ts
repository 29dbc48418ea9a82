import { describe, expect, it } from 'vitest';
import { type ChangeCase, contentOf, lossesOf, prepared } from '../../test/change-case.js';
import { DUPLICATES } from '../../test/dangerous/duplicates.js';
import { EMPTY_VALUES } from '../../test/dangerous/empty-values.js';
import { LOSSES } from '../../test/dangerous/losses.js';
import { MISFITS } from '../../test/dangerous/misfits.js';
import { ORPHANS } from '../../test/dangerous/orphans.js';
import { planFor } from '../../test/database.js';
import { createSqliteSchemaDiff } from './schema-diff-service.js';

const { applyMigrations, lint, planRollback, runPreflight } = createSqliteSchemaDiff();

const lintOf = ({ before, after }: ChangeCase) => lint({ objects: before }, { objects: after });

describe('a change that takes something away', () => {
  it.each(LOSSES)('has to be allowed, and can be undone: $what', async (change) => {
    const { driver, path } = await prepared(change);
    const base = await contentOf(driver, path);
    const plan = await planFor(driver, change.after);
    const removed = (await runPreflight(driver, plan)).filter(({ checkId }) =>
      checkId.startsWith('removed:'),
    );
    expect(removed.map(({ rows }) => rows)).toEqual(change.rows);
    const refused = { code: 'destructive_not_allowed', details: { changes: change.changes } };
    await expect(applyMigrations(driver, plan)).rejects.toMatchObject(refused);
    expect(await contentOf(driver, path)).toEqual(base);
    const { code } = change;
    const linted = change.changes.map((changeId) => ({ code, changeId, risk: 'loses_data' }));
    expect(lintOf(change).filter(({ risk }) => risk === 'loses_data')).toMatchObject(linted);

    await applyMigrations(driver, plan, { allow: change.changes });
    const back = await planRollback(driver);
    await applyMigrations(driver, back, { allow: lossesOf(back) });
    expect((await contentOf(driver, path)).rows).toEqual(base.rows);
  });
});

describe('a change that records are in the way of', () => {
  const obstacles = [...EMPTY_VALUES, ...DUPLICATES, ...MISFITS, ...ORPHANS];

  it.each(obstacles)('is found and refused: $what', async (change) => {
    const { driver, path } = await prepared(change);
    const base = await contentOf(driver, path);
    const plan = await planFor(driver, change.after);
    const checks = await runPreflight(driver, plan);
    const found = checks.filter(({ checkId, rows }) => checkId.startsWith(change.check) && rows > 0);
    expect(found.map(({ rows }) => rows)).toEqual([change.rows]);
    const error = await applyMigrations(driver, plan, { allow: change.allow ?? [] }).catch(
      (thrown) => thrown,
    );
    expect(error).toMatchObject({ code: change.error });
    expect(await contentOf(driver, path)).toEqual(base);
    const changeId = expect.stringMatching(new RegExp(`^${change.change}`));
    expect(lintOf(change)).toContainEqual(
      expect.objectContaining({ code: change.code, changeId, risk: 'may_fail' }),
    );
  });
});
