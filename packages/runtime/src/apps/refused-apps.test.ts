import type { AppManifestInput } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { refusedApps } from './refused-apps.js';

const manifest: AppManifestInput = { name: 'crm_app', namespace: 'crm', version: '1.0.0' };

describe('refusedApps', () => {
  it.each([
    ['checkCompatibility', () => refusedApps.checkCompatibility('t1', manifest)],
    ['installApp', () => refusedApps.installApp('t1', manifest, {})],
    ['upgradeApp', () => refusedApps.upgradeApp('t1', 'crm_app', manifest)],
    ['uninstallApp', () => refusedApps.uninstallApp('t1', 'crm_app')],
  ])('rejects %s with the name of the app', async (_method, call) => {
    await expect(call()).rejects.toMatchObject({
      code: 'not_supported',
      details: { feature: 'apps', subject: 'crm_app' },
    });
  });
});
