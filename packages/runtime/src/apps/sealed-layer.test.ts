import { tursoLocal } from '@objectstack/driver-turso';
import type { AppManifestInput } from '@objectstack/spec/system';
import { temporaryFolder } from '@objectstack/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SEALER } from '../../test/app-plane.js';
import { createRuntime } from '../create-runtime.js';

const CRM: AppManifestInput = {
  name: 'crm',
  namespace: 'crm',
  version: '1.0.0',
  objects: [{ name: 'crm__lead', fields: { code: { type: 'text' } } }],
  settings: {
    api_key: { type: 'text', secret: true, required: true },
    region: { type: 'text', default: 'eu' },
  },
};

describe('a copy of a tenant with apps', () => {
  it('has no secret of the tenant that it is a copy of, and requires its own', async () => {
    const runtime = await createRuntime({
      dataPlane: tursoLocal({ dir: await temporaryFolder() }),
      sealer: SEALER,
    });
    onTestFinished(() => runtime.close());
    const { apps, provisioning, tenantData } = runtime;
    const { tenantId } = await provisioning.provisionTenant({ orgId: 'acme' });
    await apps.installApp(tenantId, CRM, { api_key: 'ours', region: 'us' });
    const { tenantId: copyId } = await tenantData.cloneTenant(tenantId, { orgId: 'acme' });
    const settings = { region: 'us' };
    expect(await apps.get(tenantId, 'crm')).toMatchObject({ settings, secretSettings: ['api_key'] });
    expect(await apps.get(copyId, 'crm')).toMatchObject({ settings, secretSettings: [] });
    const next = { ...CRM, version: '1.1.0' };
    const refused = await apps.upgradeApp(copyId, 'crm', next);
    expect(refused).toMatchObject({ success: false, error: { code: 'app_incompatible' } });
    expect(JSON.stringify(refused)).toContain('setting_missing');
    const upgraded = await apps.upgradeApp(copyId, 'crm', next, { config: { api_key: 'theirs' } });
    expect(upgraded.success).toBe(true);
    expect(await apps.get(copyId, 'crm')).toMatchObject({ settings, secretSettings: ['api_key'] });
    // The same secret is no change, for the tenant that it is sealed for.
    const same = await apps.installApp(tenantId, CRM, { api_key: 'ours' });
    expect(same).toMatchObject({ success: true });
    expect(same.deploymentId).toBeUndefined();
  });
});
