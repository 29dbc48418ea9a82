import type { IDataDriver, IDeploymentService, IDeployPipelineService } from '@objectstack/spec/contracts';
import type { DeployBundleInput } from '@objectstack/spec/system';
import { expectError } from './expect-error.js';
import type { Say } from './step-log.js';

export interface DataRemoval {
  readonly tenantId: string;
  readonly bundle: DeployBundleInput;
  readonly db: IDataDriver;
  readonly say: Say;
}

/** The error lists the removed data: the deployment is rejected unless all of it is approved by id. */
export async function rejectRemoval(
  deployments: IDeploymentService,
  { tenantId, bundle, db, say }: DataRemoval,
): Promise<readonly string[]> {
  const { code, details } = await expectError('destructive_not_allowed', () =>
    deployments.deploy(tenantId, bundle),
  );
  for (const { rows, explanation } of details.findings ?? []) say(`${rows}: ${explanation}`);
  const { changes = [] } = details;
  say(`${code}: ${changes.join(', ')}`);
  say(`nothing has changed: ${await db.count('part_usage')} parts used`);
  return changes;
}

export async function removeData(
  deployments: IDeploymentService,
  { tenantId, bundle, db, say }: DataRemoval,
  allow: readonly string[],
): Promise<string> {
  const result = await deployments.deploy(tenantId, bundle, { allow });
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
