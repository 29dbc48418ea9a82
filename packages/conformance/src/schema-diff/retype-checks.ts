import assert from 'node:assert/strict';
import { refused } from '../kit/refused.js';
import { object } from './objects.js';
import { type FieldFacts, RETYPINGS, type Retyping } from './retype-cases.js';
import { must, type SchemaDiffCheck, type SchemaDiffChecks } from './schema-diff-check.js';
import type { SchemaDiffTrial } from './schema-diff-trial.js';

const thing = (field: FieldFacts) => [object('thing', { value: field, name: { type: 'text' } })];
const CHANGE = 'change_field:thing.value';

const create = async ({ driver }: SchemaDiffTrial, value: unknown) =>
  (await driver.create('thing', { value, name: 'n' })).id;
const readValue = async ({ driver }: SchemaDiffTrial, id: string) =>
  (await driver.findOne('thing', { where: { id } }))?.value;

async function convertsAll(trial: SchemaDiffTrial, { from, to, fits, misfits }: Retyping): Promise<void> {
  await trial.deploy(thing(from));
  const made: [string, unknown][] = [];
  for (const [value, becomes] of fits) made.push([await create(trial, value), becomes]);
  made.push([await create(trial, null), null]);
  const plan = await trial.plan(thing(to));
  assert.deepEqual(
    plan.diff.fields.map(({ id, risk, code }) => [id, risk, code]),
    [misfits ? [CHANGE, 'may_fail', 'DS103'] : [CHANGE, 'safe', 'BC303']],
  );
  assert.deepEqual(await trial.findings(plan), []);
  await trial.apply(plan);
  for (const [id, becomes] of made) assert.deepEqual(await readValue(trial, id), becomes);
}

/** Without approval nothing changes; with approval the value is cleared, and a rollback restores it. */
async function refusesMisfits(trial: SchemaDiffTrial, { from, to, misfits = [] }: Retyping): Promise<void> {
  await trial.deploy(thing(from));
  const made: [string, unknown][] = [];
  for (const value of misfits) made.push([await create(trial, value), value]);
  const plan = await trial.plan(thing(to));
  const [finding] = await trial.findings(plan);
  assert.equal(finding?.rows, misfits.length);
  const before = await trial.content();
  await refused(trial.apply(plan), 'conversion_failed');
  assert.deepEqual(await trial.content(), before);
  await trial.apply(plan, { allow: [CHANGE] });
  for (const [id] of made) assert.equal(await readValue(trial, id), null);
  await trial.rollback();
  for (const [id, value] of made) assert.deepEqual(await readValue(trial, id), value);
}

const check = (name: string, retyping: Retyping): [string, SchemaDiffCheck][] => {
  const what = name.replaceAll('-', ' ');
  const misfit: [string, SchemaDiffCheck][] = retyping.misfits
    ? [
        [
          `${name}-misfit`,
          must(
            `${what}: a value that cannot be converted is rejected with conversion_failed, or retained if the change is approved`,
            (trial) => refusesMisfits(trial, retyping),
          ),
        ],
      ]
    : [];
  return [
    [name, must(`${what}: every convertible value is converted`, (trial) => convertsAll(trial, retyping))],
    ...misfit,
  ];
};

export const retypeChecks: SchemaDiffChecks = Object.fromEntries(
  Object.entries(RETYPINGS).flatMap(([name, retyping]) => check(name, retyping)),
);
