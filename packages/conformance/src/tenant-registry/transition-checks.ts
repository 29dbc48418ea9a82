import assert from 'node:assert/strict';
import type { DeployStatus, TenantProvisioningStatus } from '@objectstack/spec/system';
import { outcomeOf } from './outcome-of.js';
import { must, type RegistryCheck, type RegistryChecks } from './registry-check.js';
import { deploymentRecord } from './sample-deployments.js';
import { connectionOf, T1 } from './sample-tenants.js';

const TENANT_STATUSES = ['provisioning', 'active', 'suspended', 'failed', 'destroying'] as const;

/** Statuses that a tenant may change to. */
const TENANT_TRANSITIONS: Readonly<Record<TenantProvisioningStatus, readonly TenantProvisioningStatus[]>> = {
  provisioning: ['provisioning', 'active', 'failed', 'destroying'],
  active: ['active', 'suspended', 'destroying'],
  suspended: ['active', 'suspended', 'destroying'],
  failed: ['provisioning', 'destroying'],
  destroying: [],
};

type StoredStatus = Exclude<DeployStatus, 'validating' | 'diffing'>;

const STORED_STATUSES = ['migrating', 'registering', 'ready', 'failed'] as const;

/** Statuses that the record of a deployment may change to. */
const DEPLOYMENT_TRANSITIONS: Readonly<Record<StoredStatus, readonly StoredStatus[]>> = {
  migrating: STORED_STATUSES,
  registering: STORED_STATUSES,
  ready: ['migrating', 'registering', 'ready'],
  failed: STORED_STATUSES,
};

const listed = (statuses: readonly string[]) =>
  statuses.map((status) => `\`${status}\``).join(', ') || 'no status';

function tenantCheck(status: TenantProvisioningStatus): RegistryCheck {
  const permitted = TENANT_TRANSITIONS[status];
  return must(
    `\`updateTenant\` changes the status \`${status}\` to ${listed(permitted)}, and to no other`,
    async (trial) => {
      for (const next of TENANT_STATUSES) {
        const before = await trial.tenant({ tenant: { provisioningStatus: status } });
        const { changed, record } = await trial.registry.updateTenant(before.tenant.id, TENANT_STATUSES, {
          provisioningStatus: next,
          connectionConfig: connectionOf(before.databaseName),
          provisionedAt: T1,
        });
        assert.equal(changed, permitted.includes(next), `to ${next}`);
        if (changed) assert.equal(record.tenant.provisioningStatus, next);
        else assert.deepEqual(record, before);
      }
    },
  );
}

function deploymentCheck(status: StoredStatus): RegistryCheck {
  const permitted = DEPLOYMENT_TRANSITIONS[status];
  return must(
    `\`saveDeployment\` changes the status \`${status}\` to ${listed(permitted)}, and to no other, under every guard`,
    async ({ registry }) => {
      const guards = [{ take: 'b', revision: 1 }, { lease: 'a' }, { revision: 1 }];
      for (const next of STORED_STATUSES)
        for (const [index, guard] of guards.entries()) {
          const id = `${next}-${index}`;
          const before = deploymentRecord(id, { status });
          await registry.saveDeployment(before, { take: 'a', revision: null });
          const after = deploymentRecord(id, { status: next });
          const expected = permitted.includes(next)
            ? { changed: true, record: { ...after, revision: 2 } }
            : { changed: false, record: { ...before, revision: 1 } };
          assert.deepEqual(outcomeOf(await registry.saveDeployment(after, guard)), expected, `to ${next}`);
        }
    },
  );
}

const tenantChecks = TENANT_STATUSES.map((status) => [`tenant-${status}`, tenantCheck(status)] as const);
const deploymentChecks = STORED_STATUSES.map(
  (status) => [`deployment-${status}`, deploymentCheck(status)] as const,
);

export const transitionChecks: RegistryChecks = Object.fromEntries([...tenantChecks, ...deploymentChecks]);
