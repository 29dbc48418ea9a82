import { setTimeout as delay } from 'node:timers/promises';
import { tursoLocal } from '@objectstack/driver-turso';
import { temporaryFolder } from '@objectstack/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createRuntime } from '../create-runtime.js';

const MARGIN_MS = 2_000;
const bundle = (version: string, fields: object) => ({
  manifest: { version },
  objects: [{ name: 'item', fields: { name: { type: 'text' }, ...fields } }],
});

describe('a deployment call that is aborted', () => {
  it('ends promptly while a transaction holds the file, and changes nothing', async () => {
    const os = await createRuntime({ dataPlane: tursoLocal({ dir: await temporaryFolder() }) });
    onTestFinished(() => os.close());
    const { tenantId } = await os.provisioning.provisionTenant({ orgId: 'org_1' });
    const first = bundle('1.0.0', {}) as never;
    const deployed = await os.deployments.executeDeployment(
      tenantId,
      await os.deployments.planDeployment(tenantId, first),
    );
    const next = bundle('2.0.0', { more: { type: 'text' } }) as never;
    const plan = await os.deployments.planDeployment(tenantId, next);
    const driver = await os.router.getTenantClient(tenantId);
    const transaction = await driver.beginTransaction();
    const controller = new AbortController();
    const { signal } = controller;
    const calls = [
      os.deployments.planDeployment(tenantId, next, { signal }),
      os.deployments.executeDeployment(tenantId, plan, { signal }),
      os.deployments.rollbackDeployment(tenantId, deployed.deploymentId ?? '', { signal }),
      driver.find('item', {}, { signal }),
    ].map((call) =>
      call.then(
        () => 'done',
        ({ code }) => code as string,
      ),
    );
    await delay(50);
    controller.abort();
    expect(await Promise.race([Promise.all(calls), delay(MARGIN_MS, 'late')])).toEqual(
      calls.map(() => 'aborted'),
    );
    await driver.commit(transaction);
    const [record] = await driver.find('_os_deployment', { fields: ['bundle_version'] }, { system: true });
    expect(record).toMatchObject({ bundle_version: '1.0.0' });
    const again = await os.deployments.executeDeployment(tenantId, plan);
    expect(again).toMatchObject({ status: 'ready' });
  }, 30_000);
});
