import type { ObjectDefinition } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { Drift, MigrationPlan } from '@objectstack/spec/system';
import { randomFrom } from '@objectstack/testing';
import { expect } from 'vitest';
import { createSqliteSchemaDiff } from '../../src/migration/schema-diff-service.js';
import { planFor } from '../database.js';
import { fill, randomChange } from '../random-changes.js';
import { contentOf, expectSound, type OpenSubject, type Subject } from '../subject.js';
import type { Tally } from '../tally.js';
import { createUnmanagedObjects } from '../unmanaged-objects.js';
import { applyAsForeseen, losses } from './apply-all.js';

const { findDrift, introspect, planRollback } = createSqliteSchemaDiff();

const compareWithDeployed = async ({ driver }: Subject) => findDrift(await introspect(driver));

/** Unmanaged objects without the names of their tables, which may change. */
const namesOf = (drift: readonly Drift[]) =>
  drift.map(({ code, kind, name }) => `${code} ${kind} ${name}`).sort();

/** Values in unmanaged columns and tables. */
async function theirValues({ read, driver }: Subject): Promise<unknown[]> {
  const { tables } = await introspect(driver);
  const values: unknown[] = [];
  for (const { name, columns } of tables) {
    const unmanaged = columns.filter((column) => column.name.startsWith('hand_') && !column.generated);
    for (const column of unmanaged)
      values.push(await read(`SELECT id AS id, "${column.name}" AS value FROM "${name}" ORDER BY id`));
  }
  return values;
}

async function planOrRefusal(planning: Promise<MigrationPlan>): Promise<MigrationPlan | string> {
  try {
    return await planning;
  } catch (error) {
    if (ObjectStackError.isInstance(error)) return error.code;
    throw error;
  }
}

/** Names that a change does not affect, so that unmanaged objects may mention them; all names if there are none. */
function steady(before: readonly ObjectDefinition[], after: readonly ObjectDefinition[]): ObjectDefinition[] {
  const objects = before.flatMap((object): ObjectDefinition[] => {
    const is = after.find(({ name, renamedFrom }) => name === object.name && renamedFrom === undefined);
    const stays = (name: string) => is?.fields[name] && is.fields[name].renamedFrom === undefined;
    const fields = Object.entries(object.fields).filter(([name]) => stays(name));
    return is ? [{ ...object, fields: Object.fromEntries(fields) }] : [];
  });
  return objects.length > 0 ? objects : [...before];
}

/** Unmanaged objects remain after a change and its rollback, or the change is rejected with their name. */
export async function checkUnmanagedObjects(open: OpenSubject, seed: number, tally: Tally): Promise<void> {
  const random = randomFrom(seed);
  const { before, after } = randomChange(random, random.chance(0.5) ? 'removals' : undefined);
  const subject = await open(before);
  await fill(subject.driver, random, before);
  const things = createUnmanagedObjects(random, random.chance(0.8) ? steady(before, after) : before);
  for (const { sql } of things) await subject.write(sql);
  const [drift, base, unmanaged] = [
    await compareWithDeployed(subject),
    await contentOf(subject),
    await theirValues(subject),
  ];
  expect(drift.filter(({ code }) => code === 'DR702')).toEqual([]);
  expect(drift.length).toBe(things.length);

  const plan = await planOrRefusal(planFor(subject.driver, after));
  if (typeof plan === 'string') {
    expect(plan).toBe('object_conflict');
    tally.add(plan, ...things.map(({ kind }) => `refused with a ${kind}`));
    expect(await contentOf(subject)).toEqual(base);
    return;
  }
  expect(namesOf(plan.drift)).toEqual(namesOf(drift));
  if (!(await applyAsForeseen(subject.driver, { plan, allow: losses(plan), tally }))) {
    expect(await contentOf(subject)).toEqual(base);
    return;
  }
  tally.add(...things.map(({ kind }) => `kept a ${kind}`), ...plan.drift.map(({ outcome }) => outcome));
  expect(namesOf(await compareWithDeployed(subject))).toEqual(namesOf(drift));
  expect(await theirValues(subject)).toEqual(unmanaged);
  await expectSound(subject);
  if (plan.diff.objects.length === 0) return;
  const back = await planOrRefusal(planRollback(subject.driver));
  if (typeof back === 'string') {
    expect(back).toBe('object_conflict');
    tally.add('rollback refused');
    return;
  }
  expect(await applyAsForeseen(subject.driver, { plan: back, allow: losses(back), tally })).toBe(true);
  expect(await contentOf(subject)).toEqual(base);
}
