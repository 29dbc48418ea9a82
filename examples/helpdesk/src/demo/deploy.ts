import type { IDeploymentService } from '@objectstack/spec/contracts';
import type { DeployBundleInput, DeployResult, DeployStatus } from '@objectstack/spec/system';
import type { Say } from './step-log.js';

export interface Deployment {
  readonly tenantId: string;
  readonly bundle: DeployBundleInput;
  readonly say: Say;
}

/** Deploys a bundle and prints what the deployment did. */
export async function deploy(
  deployments: IDeploymentService,
  { tenantId, bundle, say }: Deployment,
): Promise<void> {
  const statuses: DeployStatus[] = [];
  const onStatus = (status: DeployStatus) => statuses.push(status);
  const result = await deployments.deploy(tenantId, bundle, { onStatus });
  say(statuses.join(' > '));
  say(`${result.statementsExecuted} statements in one transaction`);
  say(describeSeeds(result));
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
