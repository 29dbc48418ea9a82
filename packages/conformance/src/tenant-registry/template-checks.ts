import assert from 'node:assert/strict';
import type { TemplateRecord } from '@objectstack/spec/contracts';
import { refused } from '../kit/refused.js';
import { must, type RegistryChecks } from './registry-check.js';
import type { RegistryTrial } from './registry-trial.js';
import { T0, T1, T2, T3, tenantRecord } from './sample-tenants.js';

const KEY = 'd'.repeat(64);

function templateRecord(changes: Partial<TemplateRecord> = {}): TemplateRecord {
  return {
    databaseName: 'template-a',
    contentKey: KEY,
    region: null,
    status: 'building',
    usedAt: T1,
    ...changes,
  };
}

const READY = templateRecord({ status: 'ready' });

/** Adds a template that can be copied, and returns the name of its database. */
async function ready({ registry }: RegistryTrial): Promise<string> {
  return (await registry.addTemplate(READY)).databaseName;
}

export const templateChecks: RegistryChecks = {
  complete: must(
    '`addTemplate` stores every property unchanged, and other processes find it at once',
    async ({ registry, another }) => {
      const record = templateRecord({ region: 'eu-west', status: 'ready' });
      assert.deepEqual(await registry.addTemplate(record), record);
      for (const one of [registry, await another()]) {
        assert.deepEqual(await one.findTemplate(KEY), record);
        assert.deepEqual(await one.listTemplates(), [record]);
      }
      assert.equal(await registry.findTemplate('e'.repeat(64)), null);
    },
  ),
  'adds-once': must(
    '`addTemplate` adds one template when several processes add the same content at once',
    async (trial) => {
      const processes = await trial.processes(4);
      const added = await Promise.all(
        processes.map((one, index) => one.addTemplate(templateRecord({ databaseName: `template-${index}` }))),
      );
      const [first, ...others] = await trial.registry.listTemplates();
      assert.deepEqual(others, []);
      for (const record of added) assert.deepEqual(record, first);
    },
  ),
  list: must(
    '`listTemplates` returns all templates, sorted by the code units of the database name',
    async ({ registry }) => {
      for (const [index, databaseName] of ['b', '_', 'B', 'a'].entries())
        await registry.addTemplate(templateRecord({ databaseName, contentKey: String(index).repeat(64) }));
      const names = (await registry.listTemplates()).map(({ databaseName }) => databaseName);
      assert.deepEqual(names, ['B', '_', 'a', 'b']);
    },
  ),
  touch: must(
    '`touchTemplate` records a later use, and with `isReady` that the template can be copied',
    async ({ registry }) => {
      const { databaseName } = await registry.addTemplate(templateRecord());
      const touch = (use: { usedAt: string; isReady?: boolean }) => registry.touchTemplate(databaseName, use);
      assert.equal(await touch({ usedAt: T2 }), true);
      assert.deepEqual(await registry.findTemplate(KEY), templateRecord({ usedAt: T2 }));
      assert.equal(await touch({ usedAt: T0, isReady: true }), true);
      assert.deepEqual(await registry.findTemplate(KEY), templateRecord({ usedAt: T2, status: 'ready' }));
      assert.equal(await registry.touchTemplate('unknown', { usedAt: T2 }), false);
    },
  ),
  retire: must(
    '`retireTemplate` takes a template that was last used before the timestamp out of use, and its content can be added again',
    async (trial) => {
      const { registry } = trial;
      const databaseName = await ready(trial);
      assert.equal(await registry.retireTemplate(databaseName, T1), false);
      assert.deepEqual(await registry.findTemplate(KEY), READY);
      assert.equal(await registry.retireTemplate(databaseName, T2), true);
      assert.equal(await registry.retireTemplate(databaseName, T0), true);
      assert.equal(await registry.retireTemplate('unknown', T3), false);
      assert.equal(await registry.findTemplate(KEY), null);
      assert.deepEqual(await registry.listTemplates(), [{ ...READY, status: 'deleting', contentKey: null }]);
      assert.equal(await registry.touchTemplate(databaseName, { usedAt: T3, isReady: true }), false);
      const next = templateRecord({ databaseName: 'template-b' });
      assert.deepEqual(await registry.addTemplate(next), next);
    },
  ),
  'retire-pending': must(
    '`retireTemplate` keeps a template from which a tenant in `provisioning` or `failed` is created',
    async (trial) => {
      const { registry } = trial;
      const templateDatabase = await ready(trial);
      for (const status of ['provisioning', 'failed', 'active', 'suspended', 'destroying'] as const) {
        const { tenant } = await trial.tenant({ templateDatabase, tenant: { provisioningStatus: status } });
        const isPending = status === 'provisioning' || status === 'failed';
        if (!isPending) continue;
        assert.equal(await registry.retireTemplate(templateDatabase, T3), false, status);
        await registry.updateTenant(tenant.id, [status], { provisioningStatus: 'destroying' });
      }
      assert.equal(await registry.retireTemplate(templateDatabase, T3), true);
    },
  ),
  remove: must('`removeTemplate` removes a template that was retired, and no other', async (trial) => {
    const { registry } = trial;
    const databaseName = await ready(trial);
    await registry.removeTemplate(databaseName);
    assert.deepEqual(await registry.listTemplates(), [READY]);
    await registry.retireTemplate(databaseName, T3);
    await registry.removeTemplate(databaseName);
    await registry.removeTemplate(databaseName);
    assert.deepEqual(await registry.listTemplates(), []);
  }),
  tenants: must(
    '`createTenant` adds a tenant only if its template is `ready`, and otherwise rejects with `database_not_found`',
    async (trial) => {
      const { registry } = trial;
      const templateDatabase = await ready(trial);
      const made = tenantRecord({ requestKey: 'k', templateDatabase, requestedRegion: 'eu-west' });
      assert.deepEqual((await registry.createTenant(made)).record, made);
      await registry.updateTenant(made.tenant.id, ['provisioning'], { provisioningStatus: 'destroying' });
      await registry.retireTemplate(templateDatabase, T3);
      await registry.addTemplate(templateRecord({ databaseName: 'template-b' }));
      for (const name of [templateDatabase, 'template-b', 'unknown'])
        await refused(registry.createTenant(tenantRecord({ templateDatabase: name })), 'database_not_found');
      assert.equal((await registry.listAllTenants()).length, 1);
      const again = await registry.createTenant(
        tenantRecord({ requestKey: 'k', templateDatabase: 'unknown' }),
      );
      assert.equal(again.record.templateDatabase, templateDatabase);
    },
  ),
  concurrent: must(
    'a template is either retired or a tenant is created from it, also of calls at once',
    async (trial) => {
      const [one = trial.registry, other = trial.registry] = await trial.processes(2);
      for (let round = 0; round < 10; round++) {
        const templateDatabase = `template-${round}`;
        await one.addTemplate({
          ...READY,
          databaseName: templateDatabase,
          contentKey: String(round).repeat(64),
        });
        const [created, retired] = await Promise.all([
          one.createTenant(tenantRecord({ templateDatabase })).then(
            () => true,
            () => false,
          ),
          other.retireTemplate(templateDatabase, T3),
        ]);
        assert.equal(retired, !created);
      }
    },
  ),
};
