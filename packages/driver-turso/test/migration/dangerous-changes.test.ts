import { describe, expect, it } from 'vitest';
import { createSqliteSchemaDiff } from '../../src/migration/schema-diff-service.js';
import { type ChangeCase, contentOf, lossesOf, prepared, runUnmanagedSql } from '../change-case.js';
import { ALLOWANCES, OUTDATED, OVERTAKEN } from '../dangerous/applying.js';
import { BROKEN_CODE, NOTICES } from '../dangerous/broken-code.js';
import { DRIFTED_TABLES } from '../dangerous/drifted-tables.js';
import { DUPLICATES } from '../dangerous/duplicates.js';
import { EMPTY_VALUES } from '../dangerous/empty-values.js';
import { MISFITS } from '../dangerous/misfits.js';
import { NOT_UNDERSTOOD } from '../dangerous/not-understood.js';
import { ORPHANS } from '../dangerous/orphans.js';
import { REMOVED_FIELDS } from '../dangerous/removed-fields.js';
import { REMOVED_OBJECTS } from '../dangerous/removed-objects.js';
import { REMOVED_ON_THE_SIDE } from '../dangerous/removed-on-the-side.js';
import { STRICTER_RULES } from '../dangerous/stricter-rules.js';
import { MENTIONS, TAKEN_NAMES } from '../dangerous/taken-names.js';
import { deploy, planFor } from '../database.js';
import type { Rows } from '../table-rows.js';
import { weakeningChanges } from '../weakening-changes.js';
import { withLimit } from '../with-limit.js';

const { applyMigrations, lint, planRollback, runPreflight } = createSqliteSchemaDiff();

const lintOf = ({ before, after }: ChangeCase) => lint({ objects: before }, { objects: after });

/** Which records there are, whatever their table is called. */
const idsOf = (rows: Rows) => Object.values(rows).map((table) => table.map(({ rowid, id }) => [rowid, id]));

describe('a change that removes data', () => {
  const losses = [...REMOVED_OBJECTS, ...REMOVED_FIELDS, ...REMOVED_ON_THE_SIDE];

  it.each(losses)('requires approval and can be rolled back: $what', async (change) => {
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

describe('a change that records obstruct', () => {
  const obstacles = [...EMPTY_VALUES, ...DUPLICATES, ...MISFITS, ...ORPHANS];

  it.each(obstacles)('is found and refused: $what', async (change) => {
    const { driver, path } = await prepared(change);
    const base = await contentOf(driver, path);
    const plan = await planFor(driver, change.after);
    const checks = await runPreflight(driver, plan);
    const found = checks.filter(({ checkId, rows }) => checkId.startsWith(change.check) && rows > 0);
    expect(found.map(({ rows }) => rows)).toEqual([change.rows]);
    const allow = [...(change.allow ?? []), ...weakeningChanges(plan)];
    const error = await applyMigrations(driver, plan, { allow }).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: change.error });
    expect(await contentOf(driver, path)).toEqual(base);
    const changeId = expect.stringMatching(new RegExp(`^${change.change}`));
    expect(lintOf(change)).toContainEqual(
      expect.objectContaining({
        code: change.code,
        changeId,
        risk: expect.stringMatching(/^(may_fail|weakens_integrity)$/),
      }),
    );
  });
});

describe('a change for which there is no plan', () => {
  const refusals = [...DRIFTED_TABLES, ...TAKEN_NAMES, ...MENTIONS, ...NOT_UNDERSTOOD];

  it.each(refusals)('is refused before anything runs: $what', async (change) => {
    const { driver, path } = await prepared(change);
    const base = await contentOf(driver, path);
    const refusal = { code: change.error, details: change.details };
    await expect(planFor(driver, change.after)).rejects.toMatchObject(refusal);
    expect(await contentOf(driver, path)).toEqual(base);
    if (change.unmanagedSql) return;
    expect(() => lintOf(change)).toThrow(expect.objectContaining({ code: change.error }));
  });
});

describe('a change that goes through', () => {
  const warnings = [...STRICTER_RULES, ...BROKEN_CODE, ...NOTICES];

  it.each(warnings)('is reported before, and leaves every record: $what', async (change) => {
    const { driver, path } = await prepared(change);
    const base = await contentOf(driver, path);
    const plan = await planFor(driver, change.after);
    const findings = await runPreflight(driver, plan);
    if (change.found)
      expect(findings.map(({ checkId, rows }) => [checkId, rows])).toContainEqual(change.found);
    const linted = lintOf(change).map(({ code, changeId, object, field }) => ({
      code,
      about: changeId ?? (field ? `${object}.${field}` : object),
    }));
    expect(linted).toContainEqual({ code: change.code, about: change.about });
    await applyMigrations(driver, plan, { allow: [...(change.allow ?? []), ...weakeningChanges(plan)] });
    const { rows } = await contentOf(driver, path);
    const back = await planRollback(driver);
    await applyMigrations(driver, back, { allow: lossesOf(back) });
    expect((await contentOf(driver, path)).rows).toEqual(base.rows);
    if (!change.allow) expect(idsOf(rows)).toEqual(idsOf(base.rows));
  });
});

describe('a plan', () => {
  const mishaps = [...OUTDATED, ...OVERTAKEN, ...ALLOWANCES];

  it.each(mishaps)('does not run when $what', async (change) => {
    const { driver, path } = await prepared(change);
    const plan = await planFor(driver, change.after);
    expect(
      (await runPreflight(driver, plan)).every(({ checkId, rows }) => rows === 0 || /^removed/.test(checkId)),
    ).toBe(true);
    if (change.meanwhile) await runUnmanagedSql(path, change.meanwhile);
    for (const record of change.written ?? []) await driver.create('thing', record);
    if (change.deployed) await deploy(driver, change.deployed);
    const base = await contentOf(driver, path);
    const { allow = [], lockBudgetMs = null, error: code, details = {} } = change;
    const run = applyMigrations(withLimit(driver, lockBudgetMs), plan, { allow });
    await expect(run).rejects.toMatchObject({ code, details });
    expect(await contentOf(driver, path)).toEqual(base);
  });
});
