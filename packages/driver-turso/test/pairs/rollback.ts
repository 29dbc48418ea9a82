import type { ObjectDefinition } from '@objectstack/spec/data';
import type { MigrationPlan } from '@objectstack/spec/system';
import { type Random, randomFrom } from '@objectstack/testing';
import { expect } from 'vitest';
import { createSqliteSchemaDiff } from '../../src/migration/schema-diff-service.js';
import { desiredSchema } from '../../src/schema/desired-schema.js';
import { planFor } from '../database.js';
import { fill, randomChange } from '../random-changes.js';
import { contentOf, expectSound, type OpenSubject, type Subject } from '../subject.js';
import type { Rows } from '../table-rows.js';
import type { Tally } from '../tally.js';
import { applyAsForeseen, losses, refusal, tallyPlan } from './apply-all.js';
import { writeBetween } from './write-between.js';

const { applyMigrations, introspect, planRollback, purgeRetained } = createSqliteSchemaDiff();
const IN_A_YEAR = new Date(Date.now() + 366 * 86_400_000);

const schemaOf = ({ tables, objects, schemaHash }: Awaited<ReturnType<typeof contentOf>>) => ({
  tables,
  objects,
  schemaHash,
});

interface Trial {
  readonly subject: Subject;
  readonly tally: Tally;
}

/** Undoes the latest deployment, which may be a rollback itself, including data that this removes. */
async function goBack({ subject, tally }: Trial): Promise<{ plan: MigrationPlan; isApplied: boolean }> {
  const { deploymentId } = await introspect(subject.driver);
  const plan = await planRollback(subject.driver, { deploymentId: deploymentId ?? '' });
  tallyPlan(plan, tally);
  return { plan, isApplied: await applyAsForeseen(subject.driver, { plan, allow: losses(plan), tally }) };
}

/** Expects that a rejected plan changes nothing. */
async function expectRefusals({ subject, tally }: Trial, plan: MigrationPlan): Promise<void> {
  const before = await contentOf(subject);
  const { driver } = subject;
  if (plan.statements.some(({ risk }) => risk === 'loses_data'))
    expect(await refusal(applyMigrations(driver, plan), tally)).toBe('destructive_not_allowed');
  const tampered = { ...plan, statements: plan.statements.slice(1) };
  expect(await refusal(applyMigrations(driver, tampered, { allow: losses(plan) }), tally)).toBe(
    'invalid_plan',
  );
  const unknown = [...losses(plan), 'remove_object:nothing'];
  expect(await refusal(applyMigrations(driver, plan, { allow: unknown }), tally)).toBe('invalid_request');
  expect(await contentOf(subject)).toEqual(before);
}

function without(rows: Rows, touched: ReadonlySet<string>, objects: readonly ObjectDefinition[]): Rows {
  return Object.fromEntries(
    objects.map(({ name }) => [name, (rows[name] ?? []).filter(({ id }) => !touched.has(id))]),
  );
}

/** Expects that every row still exists, unless its object is removed. */
function expectRowsStay(written: Rows, end: Rows, { diff }: MigrationPlan): void {
  const names = new Map(
    diff.objects.flatMap(({ before, after }) =>
      after && before ? [[before.name, after.name] as const] : [],
    ),
  );
  for (const [object, rows] of Object.entries(written)) {
    if (diff.removed.some(({ name }) => name === object)) continue;
    const now = end[names.get(object) ?? object] ?? [];
    expect(now.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
  }
}

/** Rolls back after further writes: untouched values are restored, and written values are not lost. */
async function checkBackOverWrites(
  trial: Trial,
  random: Random,
  { before, after }: { before: readonly ObjectDefinition[]; after: readonly ObjectDefinition[] },
  base: Awaited<ReturnType<typeof contentOf>>,
): Promise<void> {
  const { subject, tally } = trial;
  const touched = await writeBetween(subject.driver, random, after);
  const written = await contentOf(subject);
  const { plan, isApplied } = await goBack(trial);
  if (!isApplied) {
    expect(await contentOf(subject)).toEqual(written);
    return;
  }
  await expectSound(subject);
  const end = await contentOf(subject);
  expect(schemaOf(end)).toEqual(schemaOf(base));
  expect(without(end.rows, touched, before)).toEqual(without(base.rows, touched, before));
  expectRowsStay(written.rows, end.rows, plan);
  const { deploymentId } = await introspect(subject.driver);
  if ((await purgeRetained(subject.driver, IN_A_YEAR)) > 0 && plan.diff.removed.length > 0)
    expect(await refusal(planRollback(subject.driver, { deploymentId: deploymentId ?? '' }), tally)).toBe(
      'undo_expired',
    );
}

/** Everything that a deployment removes is restored, removed again, and restored after further writes. */
export async function checkRollback(open: OpenSubject, seed: number, tally: Tally): Promise<void> {
  const random = randomFrom(seed);
  const { before, after } = randomChange(random, 'removals');
  const subject = await open(before);
  const trial = { subject, tally };
  const { driver } = subject;
  await fill(driver, random, before);
  const base = await contentOf(subject);
  const first = (await introspect(driver)).deploymentId ?? '';
  const plan = await planFor(driver, after);
  if (plan.diff.objects.length === 0) return;
  tallyPlan(plan, tally);
  if (plan.statements.length > 0) await expectRefusals(trial, plan);
  if (!(await applyAsForeseen(driver, { plan, allow: losses(plan), tally }))) {
    expect(await contentOf(subject)).toEqual(base);
    return;
  }
  const done = await contentOf(subject);
  expect(schemaOf(done)).toEqual(schemaOf({ ...done, ...desiredSchema({ objects: after }) }));
  expect((await planFor(driver, after)).statements).toEqual([]);
  await expectSound(subject);
  expect(await refusal(planRollback(driver, { deploymentId: first }), tally)).toBe('not_latest');

  expect((await goBack(trial)).isApplied).toBe(true);
  expect(await contentOf(subject)).toEqual(base);
  await expectSound(subject);
  expect((await planFor(driver, before)).statements).toEqual([]);

  expect((await goBack(trial)).isApplied).toBe(true);
  expect(await contentOf(subject)).toEqual(done);
  expect(await refusal(applyMigrations(driver, plan, { allow: losses(plan) }), tally)).toBe(
    plan.baseSchemaHash === done.schemaHash ? 'none' : 'plan_stale',
  );
  await checkBackOverWrites(trial, random, { before, after }, base);
}
