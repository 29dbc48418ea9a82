import type { MigrationPlan } from '@objectstack/spec/system';
import { fill } from './fill.js';
import { NUMBER, object, TEXT } from './objects.js';
import type { SchemaDiffTrial } from './schema-diff-trial.js';

const BEFORE = [object('account', { name: TEXT, size: NUMBER })];
/** Removes nothing. */
export const AFTER = [object('account', { name: { type: 'text', unique: true }, more: TEXT, size: TEXT })];
export const OTHER = [object('account', { name: TEXT, size: NUMBER, other: TEXT })];

/** A database with records, a plan for it, and its complete content. */
export async function planned(
  trial: SchemaDiffTrial,
): Promise<{ plan: MigrationPlan; before: Awaited<ReturnType<SchemaDiffTrial['content']>> }> {
  await trial.deploy(BEFORE);
  await fill(trial, BEFORE);
  return { plan: await trial.plan(AFTER), before: await trial.content() };
}
