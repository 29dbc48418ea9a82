import { fill } from './fill.js';
import { lookup, NUMBER, object, TEXT } from './objects.js';
import type { SchemaDiffTrial } from './schema-diff-trial.js';

export const ACCOUNT = object('account', { name: TEXT, size: NUMBER });
export const NOTE = object('note', {
  body: TEXT,
  account: lookup('account', { deleteBehavior: 'restrict' }),
});
export const BEFORE = [ACCOUNT, NOTE];
export const AFTER = [object('account', { name: TEXT })];

/** Deploys, fills, and removes a field and an object; returns the previous content. */
export async function deployWithRemovals(
  trial: SchemaDiffTrial,
): Promise<Awaited<ReturnType<SchemaDiffTrial['content']>>> {
  await trial.deploy(BEFORE, { deploymentId: 'first' });
  await fill(trial, BEFORE);
  const before = await trial.content();
  await trial.force(await trial.plan(AFTER));
  return before;
}
