import assert from 'node:assert/strict';
import { must, type RegistryChecks } from './registry-check.js';
import type { RegistryTrial } from './registry-trial.js';
import { connectionOf, T0, T1, T2, T3 } from './sample-tenants.js';

/** A tenant in destruction whose data is deleted after T2. */
async function destroyed(trial: RegistryTrial): Promise<string> {
  const { tenant } = await trial.tenant({
    tenant: {
      provisioningStatus: 'destroying',
      purgeAt: T2,
      provisionedAt: T1,
      connectionConfig: connectionOf('t-gone'),
    },
    databaseName: 't-gone',
    deadlineAt: T2,
  });
  return tenant.id;
}

export const recoveryChecks: RegistryChecks = {
  recovers: must(
    'a tenant leaves `destroying` only with `ifDeadlineAfter`, and only before its deadline',
    async (trial) => {
      const id = await destroyed(trial);
      const to = { provisioningStatus: 'active', purgeAt: null, deadlineAt: null } as const;
      const { registry } = trial;
      assert.equal((await registry.updateTenant(id, ['destroying'], to)).changed, false);
      for (const ifDeadlineAfter of [T2, T3])
        assert.equal(
          (await registry.updateTenant(id, ['destroying'], { ...to, ifDeadlineAfter })).changed,
          false,
        );
      const { record, changed } = await registry.updateTenant(id, ['destroying'], {
        ...to,
        ifDeadlineAfter: T1,
      });
      assert.equal(changed, true);
      assert.deepEqual(
        [record.tenant.provisioningStatus, record.tenant.purgeAt, record.deadlineAt],
        ['active', undefined, null],
      );
    },
  ),
  abandoned: must(
    '`listAbandoned` returns the tenants in `provisioning` whose lease no process holds, oldest first',
    async (trial) => {
      const { registry } = trial;
      const later = (await trial.tenant({ tenant: { createdAt: T1 } })).tenant.id;
      const sooner = (await trial.tenant({ tenant: { createdAt: T0 } })).tenant.id;
      await trial.tenant({ tenant: { provisioningStatus: 'active' } });
      await trial.tenant({ tenant: { provisioningStatus: 'failed' } });
      const ids = async (now: string) => (await registry.listAbandoned(now)).map(({ tenant }) => tenant.id);
      assert.deepEqual(await ids(T0), [sooner, later]);
      await registry.takeLease(sooner, { now: T0, until: T2 });
      assert.deepEqual(await ids(T1), [later]);
      assert.deepEqual(await ids(T2), [sooner, later]);
    },
  ),
};
