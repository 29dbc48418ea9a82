import type { IDeployPipelineService } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { DeployBundleInput, DeployResult, DeployStatus, MigrationPlan } from '@objectstack/spec/system';
import type { Say } from './step-log.js';

export interface Deployment {
  readonly tenantId: string;
  readonly bundle: DeployBundleInput;
  readonly say: Say;
}

/** Plans a bundle and executes the plan. */
export async function deploy(
  deployments: IDeployPipelineService,
  { tenantId, bundle, say }: Deployment,
): Promise<void> {
  const plan = await deployments.planDeployment(tenantId, bundle);
  const statuses: DeployStatus[] = [];
  const onStatus = (status: DeployStatus) => statuses.push(status);
  const result = await deployments.executeDeployment(tenantId, plan, { onStatus });
  if (result.status === 'failed') throw ObjectStackError.fromProblemDetails(result.error);
  say(statuses.join(' > '));
  say(describePlan(plan));
  say(describeSeeds(result));
}

function describePlan({ statements }: MigrationPlan): string {
  const count = (kind: MigrationPlan['statements'][number]['kind']) =>
    statements.filter((statement) => statement.kind === kind).length;
  const parts = `${count('create_table')} tables, ${count('add_column')} columns, ${count('create_index')} indexes`;
  return `${statements.length} statements in one transaction: ${parts}`;
}

function describeSeeds({ seeds }: DeployResult): string {
  const written = seeds.filter(({ outcome }) => outcome === 'written');
  const sum = (key: 'inserted' | 'updated' | 'failed') =>
    written.reduce((total, seed) => total + seed[key], 0);
  const records = `${sum('inserted')} records inserted, ${sum('updated')} updated, ${sum('failed')} failed`;
  const others = seeds.filter(({ outcome }) => outcome !== 'written').map(({ outcome }) => outcome);
  const notWritten = [...new Set(others)].map(
    (outcome) => `, ${others.filter((other) => other === outcome).length} ${outcome}`,
  );
  return `${records} (${written.length} seed datasets written${notWritten.join('')})`;
}
