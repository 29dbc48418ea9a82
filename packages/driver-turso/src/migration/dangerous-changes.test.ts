import { describe, expect, it } from 'vitest';
import { type ChangeCase, contentOf, lossesOf, prepared } from '../../test/change-case.js';
import { LOSSES } from '../../test/dangerous/losses.js';
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
