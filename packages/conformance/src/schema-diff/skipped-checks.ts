import assert from 'node:assert/strict';
import type { ObjectDefinition } from '@objectstack/spec/data';
import { refused } from '../kit/refused.js';
import { describeChanges } from './changes.js';
import { object, renamedFrom, TEXT } from './objects.js';
import { must, type SchemaDiffChecks } from './schema-diff-check.js';
import type { SchemaDiffTrial } from './schema-diff-trial.js';

type Version = readonly ObjectDefinition[];

interface Skipped {
  /** Renamed twice; the first name is used again in the last version. */
  readonly versions: readonly [Version, Version, Version];
  /** The last version with all previous names. */
  readonly listed: Version;
  /** Changes that require approval if the second version is skipped. */
  readonly unproven: readonly string[];
}

const called = (name: string, previous?: string | readonly string[]) =>
  object(name, { name: TEXT }, previous === undefined ? {} : { renamedFrom: previous });
const note = (fields: Parameters<typeof object>[1]) => [object('note', { body: TEXT, ...fields })];

const OBJECTS: Skipped = {
  versions: [
    [called('person')],
    [called('contact', 'person')],
    [called('client', 'contact'), called('person')],
  ],
  listed: [called('client', ['contact', 'person']), called('person')],
  unproven: ['add_object:client'],
};
const FIELDS: Skipped = {
  versions: [
    note({ name: TEXT }),
    note({ title: renamedFrom('name') }),
    note({ heading: renamedFrom('title'), name: TEXT }),
  ],
  listed: note({ heading: { ...TEXT, renamedFrom: ['title', 'name'] }, name: TEXT }),
  unproven: ['add_field:note.heading'],
};

async function prepared(trial: SchemaDiffTrial, { versions: [first] }: Skipped): Promise<void> {
  await trial.deploy(first);
  for (const { name } of first) await trial.driver.create(name, { id: 'r1', name: 'Ann' });
}

async function recordsOf({ driver }: SchemaDiffTrial, objects: Version) {
  const found = objects.map(async ({ name, fields }) => {
    const rows = await driver.find(name);
    return [name, rows.map((row) => Object.keys(fields).map((field) => row[field] ?? null))] as const;
  });
  return Object.fromEntries(await Promise.all(found));
}

async function stops(trial: SchemaDiffTrial, story: Skipped): Promise<void> {
  await prepared(trial, story);
  const before = await trial.content();
  const plan = await trial.plan(story.versions[2]);
  const { details } = await refused(trial.apply(plan), 'destructive_not_allowed');
  assert.deepEqual(details.changes, story.unproven);
  assert.deepEqual(await trial.content(), before);
  assert.equal((await trial.apply(plan, { allow: story.unproven })).outcome, 'applied');
}

async function follows(trial: SchemaDiffTrial, story: Skipped): Promise<void> {
  const [, second, third] = story.versions;
  await prepared(trial, story);
  await trial.deploy(second);
  await trial.deploy(third);
  const other = await trial.fresh();
  await prepared(other, story);
  await other.deploy(story.listed);
  assert.deepEqual(await recordsOf(other, third), await recordsOf(trial, third));
}

export const skippedChecks: SchemaDiffChecks = {
  object: must(
    'an object whose only previous name is not deployed requires approval: a skipped version may have renamed it',
    (trial) => stops(trial, OBJECTS),
  ),
  field: must(
    'a field whose only previous name is not deployed requires approval: a skipped version may have renamed it',
    (trial) => stops(trial, FIELDS),
  ),
  'listed-objects': must(
    'an object that lists all previous names has the same records whether or not a version is skipped',
    (trial) => follows(trial, OBJECTS),
  ),
  'listed-fields': must(
    'a field that lists all previous names has the same values whether or not a version is skipped',
    (trial) => follows(trial, FIELDS),
  ),
  swapped: must('swapped names that changed again are distinguished by their lists', async (trial) => {
    await trial.deploy([called('left'), called('right')]);
    const changes = await trial.diff([
      called('first', ['right', 'left']),
      called('second', ['left', 'right']),
    ]);
    assert.deepEqual(
      changes.objects.map(({ object: name, before }) => [name, before?.name]),
      [
        ['first', 'left'],
        ['second', 'right'],
      ],
    );
  }),
  fresh: must('an empty database accepts every version without approval', async (trial) => {
    assert.equal((await trial.deploy([...OBJECTS.versions[2], ...FIELDS.versions[2]])).outcome, 'applied');
  }),
  rollback: must('a rollback requires no approval of what it restores', async (trial) => {
    const [first] = FIELDS.versions;
    await trial.deploy([...first, called('client', 'contact')]);
    await trial.deploy(first, { allow: ['remove_object:client'] });
    const plan = await trial.planRollback();
    assert.deepEqual(describeChanges(plan.diff), ['add_object:client added safe SF001']);
    assert.equal((await trial.apply(plan)).outcome, 'applied');
  }),
};
