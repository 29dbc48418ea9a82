import type { IDataDriver, IDeployPipelineService } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { DeployBundleInput, MigrationPlan } from '@objectstack/spec/system';
import { expectError } from './expect-error.js';
import type { Say } from './step-log.js';

export interface DataRemoval {
  readonly tenantId: string;
  readonly bundle: DeployBundleInput;
  readonly db: IDataDriver;
  readonly say: Say;
}

/** Prints each preflight finding with the number of affected records. */
function printFindings({ findings = [], preflight }: MigrationPlan, say: Say): void {
  for (const { checkId, rows } of findings) {
    const check = preflight.find(({ id }) => id === checkId);
    if (rows > 0) say(`${rows}: ${check?.explanation}`);
  }
}

/** The plan lists the removed data, and is rejected unless all of it is approved by id. */
export async function rejectRemoval(
  deployments: IDeployPipelineService,
  { tenantId, bundle, db, say }: DataRemoval,
): Promise<{ plan: MigrationPlan; allow: string[] }> {
  const plan = await deployments.planDeployment(tenantId, bundle);
  printFindings(plan, say);
  const error = await expectError('destructive_not_allowed', () =>
    deployments.executeDeployment(tenantId, plan),
  );
  const allow = error.details.changes as string[];
  say(`${error.code}: ${allow.join(', ')}`);
  say(`nothing has changed: ${await db.count('part_usage')} parts used`);
  return { plan, allow };
}

export async function removeData(
  deployments: IDeployPipelineService,
  { tenantId, db, say }: DataRemoval,
  { plan, allow }: { plan: MigrationPlan; allow: readonly string[] },
): Promise<string> {
  const result = await deployments.executeDeployment(tenantId, plan, { allow });
  if (result.status === 'failed') throw ObjectStackError.fromProblemDetails(result.error);
  const { code } = await expectError('object_not_found', () => db.count('part_usage'));
  const part = await db.findOne('part', { where: { part_number: 'HYD-0420' } });
  say(`${result.statementsExecuted} statements in one transaction; part_usage: ${code}`);
  say(`${part?.part_number}: ${part?.on_shelf} on the shelf, under the new field name`);
  return result.deploymentId;
}

/** Removed data is restored, and later writes are preserved. */
export async function rollBack(
  deployments: IDeployPipelineService,
  { tenantId, db, say }: DataRemoval,
  deploymentId: string,
): Promise<void> {
  await db.create('part', { part_number: 'OIL-0005', name: 'Hydraulic oil, 5 l', price: 29, on_shelf: 6 });
  await deployments.rollbackDeployment(tenantId, deploymentId);
  const parts = await db.find('part', { where: { part_number: { $in: ['HYD-0420', 'OIL-0005'] } } });
  say(`${await db.count('part_usage')} parts used after the rollback`);
  for (const { part_number, stock, supplier } of parts)
    say(`${part_number}: stock ${stock}, supplier ${supplier}`);
}
