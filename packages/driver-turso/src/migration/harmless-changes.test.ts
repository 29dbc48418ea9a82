import { destructiveChanges, type PreflightFinding } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { contentOf, lossesOf, prepared } from '../../test/change-case.js';
import { planFor, stranger } from '../../test/database.js';
import { ADDITIONS } from '../../test/harmless/additions.js';
import { CONSTRAINTS } from '../../test/harmless/constraints.js';
import type { HarmlessChange } from '../../test/harmless/harmless-change.js';
import { RENAMED_FIELDS } from '../../test/harmless/renamed-fields.js';
import { RENAMED_OBJECTS } from '../../test/harmless/renamed-objects.js';
import { RETYPES } from '../../test/harmless/retypes.js';
import { SIZES } from '../../test/harmless/sizes.js';
import { STRANGERS } from '../../test/harmless/strangers.js';
import { WORDS_OF_FIELDS } from '../../test/harmless/words-of-fields.js';
import { WORDS_OF_OBJECTS } from '../../test/harmless/words-of-objects.js';
import { expectKept } from '../../test/kept-rows.js';
import { createSqliteSchemaDiff } from './schema-diff-service.js';

const { applyMigrations, planRollback, runPreflight } = createSqliteSchemaDiff();

const CHANGES: readonly HarmlessChange[] = [
  ...WORDS_OF_FIELDS,
  ...WORDS_OF_OBJECTS,
  ...ADDITIONS,
  ...CONSTRAINTS,
  ...RENAMED_FIELDS,
  ...RENAMED_OBJECTS,
  ...RETYPES,
  ...STRANGERS,
  ...SIZES,
];

async function soundness(path: string) {
  const client = stranger(path);
  const integrity = await client.execute('PRAGMA integrity_check');
  const broken = await client.execute('PRAGMA foreign_key_check');
  return { integrity: integrity.rows.map((row) => row[0]), broken: broken.rows };
}

describe('a harmless change', () => {
  it('is each another one', () => {
    expect(new Set(CHANGES.map(({ what }) => what)).size).toBe(CHANGES.length);
    expect(CHANGES.length).toBeGreaterThanOrEqual(100);
  });

  it.each(CHANGES)('is refused by nobody and loses nothing: $what', async (change) => {
    const { driver, path } = await prepared(change);
    const base = await contentOf(driver, path);
    const { broken } = change.byHand ? await soundness(path) : { broken: [] };
    const plan = await planFor(driver, change.after);
    const findings = await runPreflight(driver, plan);
    const isInTheWay = ({ checkId, rows }: PreflightFinding) => rows > 0 && !checkId.startsWith('filled:');
    expect(findings.filter(isInTheWay)).toEqual([]);
    expect(plan.statements.filter(({ risk }) => risk === 'loses_data')).toEqual([]);
    if (change.isMetadata) expect(plan.statements).toEqual([]);
    const outcome = plan.diff.objects.length === 0 ? 'unchanged' : 'applied';
    const allow = destructiveChanges(plan.diff);
    expect(await applyMigrations(driver, plan, { allow })).toMatchObject({ outcome });
    const { schema, rows } = await contentOf(driver, path);
    expectKept(base.rows, rows, plan.diff);
    expect(schema.views).toEqual(base.schema.views);
    if (change.isMetadata) expect(schema.schemaVersion).toBe(base.schema.schemaVersion);
    expect(await soundness(path)).toEqual({ broken, integrity: ['ok'] });
    if (change.becomes) {
      const records = await driver.find('thing', { orderBy: [{ field: 'id', order: 'asc' }] });
      expect(records.map(({ a }) => a)).toEqual(change.becomes);
    }
    const again = await planFor(driver, change.after);
    expect(again).toMatchObject({
      statements: [],
      diff: { objects: [], fields: [], indexes: [], tables: [] },
    });
    if (change.isMetadata) return;
    const back = await planRollback(driver);
    await applyMigrations(driver, back, { allow: lossesOf(back) });
    expect((await contentOf(driver, path)).rows).toEqual(base.rows);
  });
});
