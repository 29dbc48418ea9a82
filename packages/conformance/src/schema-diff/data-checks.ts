import assert from 'node:assert/strict';
import { refused } from '../kit/refused.js';
import { HINDRANCES, type Hindrance } from './hindrances.js';
import { must, type SchemaDiffCheck, type SchemaDiffChecks } from './schema-diff-check.js';
import type { SchemaDiffTrial } from './schema-diff-trial.js';

async function prepared(trial: SchemaDiffTrial, { before, after, records }: Hindrance) {
  await trial.deploy(before);
  for (const record of records) await trial.driver.create('thing', record);
  return trial.plan(after);
}

async function isRefused(trial: SchemaDiffTrial, hindrance: Hindrance): Promise<void> {
  const plan = await prepared(trial, hindrance);
  const before = await trial.content();
  const { message, details } = await refused(trial.apply(plan), hindrance.code);
  assert.deepEqual(await trial.content(), before);
  const told = JSON.stringify([message, details]);
  for (const value of ['nobody', 'ann', '"a"', '"one"']) assert.ok(!told.includes(value), told);
}

async function isFound(trial: SchemaDiffTrial, hindrance: Hindrance): Promise<void> {
  const plan = await prepared(trial, hindrance);
  const before = await trial.content();
  const [finding, ...others] = await trial.findings(plan);
  assert.deepEqual(others, []);
  assert.deepEqual(
    [finding?.rows, finding?.samples?.toSorted()],
    [hindrance.inTheWay.length, hindrance.inTheWay],
  );
  const check = plan.preflight.find(({ id }) => id === finding?.checkId);
  assert.match(check?.changeId ?? '', hindrance.changeId);
  assert.equal(check?.stops, hindrance.code === 'conversion_failed' ? 'unless_allowed' : 'always');
  assert.deepEqual(await trial.content(), before);
}

async function goes(trial: SchemaDiffTrial, hindrance: Hindrance): Promise<void> {
  const plan = await prepared(trial, hindrance);
  await refused(trial.apply(plan), hindrance.code);
  await trial.driver.bulkDelete('thing', hindrance.inTheWay);
  assert.deepEqual(await trial.findings(plan), []);
  assert.equal((await trial.apply(plan)).outcome, 'applied');
  assert.equal(await trial.driver.count('thing'), hindrance.records.length - hindrance.inTheWay.length);
}

const each = (toCheck: (hindrance: Hindrance) => SchemaDiffCheck): SchemaDiffChecks =>
  Object.fromEntries(Object.entries(HINDRANCES).map(([name, hindrance]) => [name, toCheck(hindrance)]));

export const preflightChecks: SchemaDiffChecks = each((hindrance) =>
  must(`counts ${hindrance.what}, and shows their ids`, (trial) => isFound(trial, hindrance)),
);
export const refusedByDataChecks: SchemaDiffChecks = each((hindrance) =>
  must(
    `${hindrance.what} stop the plan as ${hindrance.code}, with nothing changed and no value told`,
    (trial) => isRefused(trial, hindrance),
  ),
);
export const mendedDataChecks: SchemaDiffChecks = each((hindrance) =>
  must(`once there are no ${hindrance.what}, the preflight passes and the same plan is applied`, (trial) =>
    goes(trial, hindrance),
  ),
);
