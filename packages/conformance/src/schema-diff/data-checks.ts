import assert from 'node:assert/strict';
import { refused } from '../kit/refused.js';
import { OBSTRUCTIONS, type Obstruction } from './obstructions.js';
import { must, type SchemaDiffCheck, type SchemaDiffChecks } from './schema-diff-check.js';
import type { SchemaDiffTrial } from './schema-diff-trial.js';

async function prepared(trial: SchemaDiffTrial, { before, after, records }: Obstruction) {
  await trial.deploy(before);
  for (const record of records) await trial.driver.create('thing', record);
  return trial.plan(after);
}

async function isRefused(trial: SchemaDiffTrial, obstruction: Obstruction): Promise<void> {
  const plan = await prepared(trial, obstruction);
  const before = await trial.content();
  const { message, details } = await refused(trial.apply(plan), obstruction.code);
  assert.deepEqual(await trial.content(), before);
  const text = JSON.stringify([message, details]);
  for (const value of ['no_such_id', 'value_ann', '"a"', '"one"']) assert.ok(!text.includes(value), text);
}

async function isFound(trial: SchemaDiffTrial, obstruction: Obstruction): Promise<void> {
  const plan = await prepared(trial, obstruction);
  const before = await trial.content();
  const [finding, ...others] = await trial.findings(plan);
  assert.deepEqual(others, []);
  assert.deepEqual(
    [finding?.rows, finding?.samples?.toSorted()],
    [obstruction.obstructingIds.length, obstruction.obstructingIds],
  );
  const check = plan.preflight.find(({ id }) => id === finding?.checkId);
  assert.match(check?.changeId ?? '', obstruction.changeId);
  assert.equal(check?.stops, obstruction.code === 'conversion_failed' ? 'unless_allowed' : 'always');
  assert.deepEqual(await trial.content(), before);
}

async function goes(trial: SchemaDiffTrial, obstruction: Obstruction): Promise<void> {
  const plan = await prepared(trial, obstruction);
  await refused(trial.apply(plan), obstruction.code);
  await trial.driver.bulkDelete('thing', obstruction.obstructingIds);
  assert.deepEqual(await trial.findings(plan), []);
  assert.equal((await trial.apply(plan)).outcome, 'applied');
  assert.equal(
    await trial.driver.count('thing'),
    obstruction.records.length - obstruction.obstructingIds.length,
  );
}

const each = (toCheck: (obstruction: Obstruction) => SchemaDiffCheck): SchemaDiffChecks =>
  Object.fromEntries(Object.entries(OBSTRUCTIONS).map(([name, obstruction]) => [name, toCheck(obstruction)]));

export const preflightChecks: SchemaDiffChecks = each((obstruction) =>
  must(`counts ${obstruction.what}, and returns sample ids`, (trial) => isFound(trial, obstruction)),
);
export const rejectedByDataChecks: SchemaDiffChecks = each((obstruction) =>
  must(
    `${obstruction.what} make the plan fail with ${obstruction.code}, with nothing changed and no value in the error`,
    (trial) => isRefused(trial, obstruction),
  ),
);
export const repairedDataChecks: SchemaDiffChecks = each((obstruction) =>
  must(`without ${obstruction.what}, the preflight passes and the same plan is applied`, (trial) =>
    goes(trial, obstruction),
  ),
);
