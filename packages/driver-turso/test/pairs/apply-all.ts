import type { IDataDriver } from '@objectstack/spec/contracts';
import type { MigrationPlan } from '@objectstack/spec/system';
import { expect } from 'vitest';
import { createSqliteSchemaDiff } from '../../src/migration/schema-diff-service.js';
import { lossesOf } from '../change-case.js';
import type { Tally } from '../tally.js';

const { applyMigrations, runPreflight } = createSqliteSchemaDiff();

/** Error codes caused by stored data. */
export const DATA_CODES = [
  'conversion_failed',
  'foreign_key_violation',
  'not_null_violation',
  'unique_violation',
];

const changesOf = ({ diff }: MigrationPlan) => [...diff.objects, ...diff.fields, ...diff.indexes];

/** Ids of the changes that require approval or may remove data. */
export const losses = lossesOf;

export function tallyPlan(plan: MigrationPlan, tally: Tally): void {
  tally.add(...changesOf(plan).map(({ code }) => code), ...plan.statements.map(({ kind }) => kind));
}

/** Checks that find records and prevent the plan, with these changes approved. */
async function inTheWay(
  driver: IDataDriver,
  plan: MigrationPlan,
  allow: readonly string[],
): Promise<string[]> {
  const findings = await runPreflight(driver, plan);
  return findings.flatMap(({ checkId, rows }, index) => {
    const check = plan.preflight[index];
    const isAllowed = check?.stops === 'unless_allowed' && allow.includes(check.changeId);
    return rows > 0 && check?.stops !== 'never' && !isAllowed ? [checkId] : [];
  });
}

export interface Application {
  readonly plan: MigrationPlan;
  readonly allow: readonly string[];
  readonly tally: Tally;
}

/** Applies a plan, and expects the result that the preflight predicts. Returns whether it was applied. */
export async function applyAsForeseen(
  driver: IDataDriver,
  { plan, allow, tally }: Application,
): Promise<boolean> {
  const conditionsOf = await inTheWay(driver, plan, allow);
  const error = await applyMigrations(driver, plan, { allow }).then(
    () => null,
    (thrown) => thrown,
  );
  if (!error) {
    expect(conditionsOf).toEqual([]);
    tally.add('applied');
    return true;
  }
  expect(DATA_CODES, error.stack).toContain(error.code);
  expect(conditionsOf, error.message).not.toEqual([]);
  tally.add(error.code);
  return false;
}

/** Error code of a rejected call. */
export async function refusal(call: Promise<unknown>, tally: Tally): Promise<string> {
  const code = await call.then(
    () => 'none',
    (error) => error.code ?? String(error),
  );
  tally.add(code);
  return code;
}
