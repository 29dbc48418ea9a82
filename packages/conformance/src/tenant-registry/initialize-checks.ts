import assert from 'node:assert/strict';
import { must, type RegistryChecks } from './registry-check.js';
import { tenantRecord } from './sample-tenants.js';

export const initializeChecks: RegistryChecks = {
  repeats: must('`initialize` can be called again, and changes nothing', async ({ registry }) => {
    const { record } = await registry.createTenant(tenantRecord());
    await registry.initialize();
    assert.deepEqual(await registry.listAllTenants(), [record]);
  }),
  concurrent: must(
    '`initialize` succeeds when several processes call it on a new database at once',
    async ({ fresh }) => {
      const { registry, open } = await fresh();
      const registries = [registry];
      while (registries.length < 4) registries.push(await open());
      await Promise.all(registries.flatMap((one) => [one.initialize(), one.initialize()]));
      const { record } = await registry.createTenant(tenantRecord());
      for (const one of registries) assert.deepEqual(await one.getTenant(record.tenant.id), record);
    },
  ),
};

export const closeChecks: RegistryChecks = {
  repeats: must('`close` can be called again', async ({ another }) => {
    const registry = await another();
    await registry.close();
    await registry.close();
  }),
  'keeps-data': must('`close` ends neither the data nor other registries', async ({ registry, another }) => {
    const closed = await another();
    const { record } = await closed.createTenant(tenantRecord());
    await closed.close();
    assert.deepEqual(await registry.getTenant(record.tenant.id), record);
    assert.deepEqual(await (await another()).getTenant(record.tenant.id), record);
  }),
};
