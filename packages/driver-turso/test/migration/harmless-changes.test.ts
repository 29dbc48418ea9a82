import { destructiveChanges, type PreflightFinding } from '@objectstack/spec/system';
import { isSampled } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { createSqliteSchemaDiff } from '../../src/migration/schema-diff-service.js';
import { contentOf, lossesOf, prepared } from '../change-case.js';
import { directClient, planFor } from '../database.js';
import { ADDITIONS } from '../harmless/additions.js';
import { CONSTRAINTS } from '../harmless/constraints.js';
import type { HarmlessChange } from '../harmless/harmless-change.js';
import { RENAMED_FIELDS } from '../harmless/renamed-fields.js';
import { RENAMED_OBJECTS } from '../harmless/renamed-objects.js';
import { RETYPES } from '../harmless/retypes.js';
import { SIZES } from '../harmless/sizes.js';
import { UNMANAGED_OBJECTS } from '../harmless/unmanaged-objects.js';
import { WORDS_OF_FIELDS } from '../harmless/words-of-fields.js';
import { WORDS_OF_OBJECTS } from '../harmless/words-of-objects.js';
import { expectPreserved } from '../preserved-rows.js';

const { applyMigrations, planRollback, runPreflight } = createSqliteSchemaDiff();

const CHANGES: readonly HarmlessChange[] = [
  ...WORDS_OF_FIELDS,
  ...WORDS_OF_OBJECTS,
  ...ADDITIONS,
  ...CONSTRAINTS,
  ...RENAMED_FIELDS,
  ...RENAMED_OBJECTS,
  ...RETYPES,
  ...UNMANAGED_OBJECTS,
  ...SIZES,
];

/** The same code judges every change: one of three unless tests are exhaustive. */
const SAMPLE = CHANGES.filter((_, index) => isSampled(index, 6));

async function soundness(path: string) {
  const client = directClient(path);
  const integrity = await client.execute('PRAGMA integrity_check');
  const broken = await client.execute('PRAGMA foreign_key_check');
  return { integrity: integrity.rows.map((row) => row[0]), broken: broken.rows };
}

describe('a safe change', () => {
  it('is each another one', () => {
    expect(new Set(CHANGES.map(({ what }) => what)).size).toBe(CHANGES.length);
    expect(CHANGES.length).toBeGreaterThanOrEqual(100);
  });

  it.each(SAMPLE)('is applied and loses no data: $what', async (change) => {
    const { driver, path } = await prepared(change);
    const base = await contentOf(driver, path);
    const { broken } = change.unmanagedSql ? await soundness(path) : { broken: [] };
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
    expectPreserved(base.rows, rows, plan.diff);
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
