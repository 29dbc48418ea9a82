import { tursoLocal } from '@objectstack/driver-turso';
import { temporaryFolder } from '@objectstack/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CONTACTS, CONTACTS_2 } from '../../test/app-plane.js';
import { bundleOf, objectOf } from '../../test/sample-bundles.js';
import { createRuntime } from '../create-runtime.js';

const OWN = bundleOf({ objects: [objectOf('account', { name: { type: 'text' } })] });

describe('a tenant that was created as a copy of a template', () => {
  it('has apps of its own, which are rolled back to the deployment of the template', async () => {
    const dataPlane = tursoLocal({ dir: await temporaryFolder() });
    const runtime = await createRuntime({ dataPlane, templates: { crm: OWN } });
    onTestFinished(() => runtime.close());
    const { apps, deployments, provisioning, router } = runtime;
    const create = async () =>
      (await provisioning.provisionTenant({ orgId: 'acme', templateName: 'crm' })).tenantId;
    const [tenantId, other] = [await create(), await create()];
    const installed = await apps.installApp(tenantId, CONTACTS, {});
    expect(installed).toMatchObject({ success: true, seededRecords: 2 });
    expect(await apps.upgradeApp(tenantId, 'contacts', CONTACTS_2)).toMatchObject({ success: true });
    const driver = await router.getTenantClient(tenantId);
    expect(await driver.count('contacts__person')).toBe(3);
    // A copy that is created now is one of the template, not of the tenant.
    for (const copy of [other, await create()]) expect(await apps.list(copy)).toEqual([]);
    await apps.uninstallApp(tenantId, 'contacts');
    expect(await apps.installApp(tenantId, CONTACTS_2, {})).toMatchObject({ restoredRecords: 3 });
    for (let version = 0; version < 4; version++)
      await deployments.rollbackDeployment(tenantId, (await deployments.latest(tenantId))?.id ?? '');
    expect(await apps.list(tenantId)).toEqual([]);
    const { objects } = await dataPlane.schemaDiff.introspect(driver);
    expect(objects.map(({ definition }) => definition.name)).toEqual(['account']);
  });
});
