import type { DeployDiff } from '@objectstack/spec/system';
import { randomFrom } from '@objectstack/testing';
import { expect } from 'vitest';
import { conversionOf } from '../../src/migration/diff/conversions/conversion-of.js';
import { desiredSchema } from '../../src/schema/desired-schema.js';
import { planFor } from '../database.js';
import { fill, randomChange } from '../random-changes.js';
import { contentOf, expectSound, type OpenSubject } from '../subject.js';
import type { Rows } from '../table-rows.js';
import type { Tally } from '../tally.js';
import { weakeningChanges } from '../weakening-changes.js';
import { applyAsForeseen, tallyPlan } from './apply-all.js';

const isConverted = ({ before, after }: Partial<DeployDiff['fields'][number]> = {}) =>
  before && after && conversionOf(before, after) !== null;

/** Values that a field takes for none, if it requires one. */
const NOTHING: ReadonlySet<unknown> = new Set(
  [
    ['null', null],
    ['text', ''],
    ['text', '""'],
    ['text', '[]'],
  ].map((value) => JSON.stringify(value)),
);

/** Whether records without a value get the field's backfill or default, because it must have one now. */
const isFilled = ({ after }: Partial<DeployDiff['fields'][number]> = {}) =>
  (after?.defaultValue ?? after?.backfill) !== undefined &&
  (after?.required === true || after?.storage?.notNull === true);

/** The rows before, under their new names, of the fields that are not converted. */
function expectSurvivors(before: Rows, after: Rows, diff: DeployDiff): void {
  const previousObjects = new Map(diff.objects.map(({ object, before: was }) => [object, was?.name]));
  for (const [object, rows] of Object.entries(after)) {
    const was = previousObjects.has(object) ? previousObjects.get(object) : object;
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
        if (NOTHING.has(kept) && isFilled(change)) continue;
        if (kept !== undefined) expect({ field, value }).toEqual({ field, value: kept });
      }
    }
  }
}

/** A change that removes no data leads to the desired schema with every record, or leaves all as it was. */
export async function checkLossless(open: OpenSubject, seed: number, tally: Tally): Promise<void> {
  const random = randomFrom(seed);
  const { before, after } = randomChange(random);
  const subject = await open(before);
  const { driver } = subject;
  await fill(driver, random, before);
  const base = await contentOf(subject);
  const plan = await planFor(driver, after);
  tallyPlan(plan, tally);
  const allow = weakeningChanges(plan);
  // To allow such a change gives up values that do not fit, too.
  if (plan.preflight.some(({ stops, changeId }) => stops === 'unless_allowed' && allow.includes(changeId)))
    return;
  if (!(await applyAsForeseen(driver, { plan, allow, tally }))) {
    expect(await contentOf(subject)).toEqual(base);
    return;
  }
  const live = await contentOf(subject);
  const { tables, objects, schemaHash } = desiredSchema({ objects: after });
  expect(live).toMatchObject({ tables, objects, schemaHash });
  expectSurvivors(base.rows, live.rows, plan.diff);
  expect((await planFor(driver, after)).statements).toEqual([]);
  await expectSound(subject);
  for (const { name } of after) await driver.find(name);
}
