import type { IDataDriver, IDeployPipelineService } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { DeployBundleInput, MigrationPlan } from '@objectstack/spec/system';
import { expectError } from './expect-error.js';
import type { Say } from './step-log.js';

export interface TakingAway {
  readonly tenantId: string;
  readonly bundle: DeployBundleInput;
  readonly db: IDataDriver;
  readonly say: Say;
}

/** Each finding of the preflight in words, with how many records it is about. */
function tellFindings({ findings = [], preflight }: MigrationPlan, say: Say): void {
  for (const { checkId, rows } of findings) {
    const check = preflight.find(({ id }) => id === checkId);
    if (rows > 0) say(`${rows}: ${check?.explanation}`);
  }
}

/** The plan says what it takes away, and does not run unless all of that is allowed by name. */
export async function refuseToTakeAway(
  deployments: IDeployPipelineService,
  { tenantId, bundle, db, say }: TakingAway,
): Promise<{ plan: MigrationPlan; allow: string[] }> {
  const plan = await deployments.planDeployment(tenantId, bundle);
  tellFindings(plan, say);
  const error = await expectError('destructive_not_allowed', () =>
    deployments.executeDeployment(tenantId, plan),
  );
  const allow = error.details.changes as string[];
  say(`${error.code}: ${allow.join(', ')}`);
  say(`nothing has changed: ${await db.count('part_usage')} parts used`);
  return { plan, allow };
}

export async function takeAway(
  deployments: IDeployPipelineService,
  { tenantId, db, say }: TakingAway,
  { plan, allow }: { plan: MigrationPlan; allow: readonly string[] },
): Promise<string> {
  const result = await deployments.executeDeployment(tenantId, plan, { allow });
  if (result.status === 'failed') throw ObjectStackError.fromProblemDetails(result.error);
  const { code } = await expectError('object_not_found', () => db.count('part_usage'));
  const part = await db.findOne('part', { where: { part_number: 'HYD-0420' } });
  say(`${result.statementsExecuted} statements in one transaction; part_usage: ${code}`);
  say(`${part?.part_number}: ${part?.on_shelf} on the shelf, under the new name of the field`);
  return result.deploymentId;
}

/** Everything comes back, and what was written since stays. */
export async function rollBack(
  deployments: IDeployPipelineService,
  { tenantId, db, say }: TakingAway,
  deploymentId: string,
): Promise<void> {
  await db.create('part', { part_number: 'OIL-0005', name: 'Hydraulic oil, 5 l', price: 29, on_shelf: 6 });
  await deployments.rollbackDeployment(tenantId, deploymentId);
  const parts = await db.find('part', { where: { part_number: { $in: ['HYD-0420', 'OIL-0005'] } } });
  say(`${await db.count('part_usage')} parts used are back`);
  for (const { part_number, stock, supplier } of parts)
    say(`${part_number}: stock ${stock}, supplier ${supplier}`);
}
