import type { IAppRegistry } from '@objectstack/spec/contracts';
import type { AppManifestInput } from '@objectstack/spec/system';
import { temporaryFolder } from '@objectstack/testing';
import { exportJWK, FlattenedSign, generateKeyPair } from 'jose';
import { describe, expect, it } from 'vitest';
import { BILLING, CONTACTS, CONTACTS_2, openAppTenant } from '../../test/app-plane.js';
import { createFileAppRegistry, type FileAppRegistry } from './create-file-app-registry.js';

const bytesOf = (manifest: AppManifestInput) => new TextEncoder().encode(JSON.stringify(manifest));
const STANDALONE = { ...CONTACTS, objectExtensions: [] };

async function registryWith(...manifests: AppManifestInput[]): Promise<FileAppRegistry> {
  const registry = createFileAppRegistry(await temporaryFolder());
  for (const manifest of manifests) await registry.publish({ bytes: bytesOf(manifest) });
  return registry;
}

async function signer() {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const sign = async (bytes: Uint8Array) => {
    const jws = await new FlattenedSign(bytes).setProtectedHeader({ alg: 'EdDSA' }).sign(privateKey);
    return `${jws.protected}..${jws.signature}`;
  };
  return { key: await exportJWK(publicKey), sign };
}

describe('install', () => {
  it('installs the newest version in the range that is not yanked', async () => {
    const appRegistry = await registryWith(
      STANDALONE,
      { ...STANDALONE, version: '1.1.0' },
      { ...STANDALONE, version: '1.2.0' },
      { ...STANDALONE, version: '2.0.0' },
    );
    await appRegistry.yank('contacts', '1.2.0');
    const { apps, tenantId } = await openAppTenant({ appRegistry });
    expect(await apps.install({ tenantId, appId: 'contacts', range: '^1.0.0' })).toMatchObject({
      success: true,
      version: '1.1.0',
    });
    await expect(apps.install({ tenantId, appId: 'contacts', range: '^3.0.0' })).rejects.toMatchObject({
      code: 'app_not_found',
    });
    await expect(apps.install({ tenantId, appId: '../secret' })).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });

  it('installs missing dependencies in the same deployment, which one rollback undoes', async () => {
    const appRegistry = await registryWith(STANDALONE, { ...CONTACTS_2, objectExtensions: [] }, BILLING);
    const { apps, tenantId, deployments, registry } = await openAppTenant({ appRegistry });
    const request = { tenantId, appId: 'billing', configOverrides: { api_key: 'k' } };
    const alone = await apps.install(request);
    expect(alone).toMatchObject({
      success: false,
      error: { details: { issues: [{ code: 'dependency_missing' }] } },
    });
    const result = await apps.install(request, { installDependencies: true });
    expect(result).toMatchObject({
      success: true,
      installedDependencies: ['contacts'],
      seededRecords: 2,
      createdTables: ['billing__invoice', 'contacts__person'],
    });
    expect((await apps.list(tenantId)).map(({ appId, version }) => [appId, version])).toEqual([
      ['contacts', '1.0.0'],
      ['billing', '1.0.0'],
    ]);
    await deployments.rollbackDeployment(tenantId, result.deploymentId ?? '');
    expect(await apps.list(tenantId)).toEqual([]);
    expect(await registry.listDeployments(tenantId)).toHaveLength(3);
  });

  it.each([
    ['the app', 'contacts', {}],
    ['a dependency', 'billing', { api_key: 'k' }],
  ])('refuses a version of %s that is yanked after it was chosen', async (_, appId, configOverrides) => {
    const stored = await registryWith(STANDALONE, { ...STANDALONE, version: '1.1.0' }, BILLING);
    let hasYanked = false;
    const appRegistry: IAppRegistry = {
      ...stored,
      listVersions: (app) => stored.listVersions(app),
      async getManifest(app, version) {
        const found = await stored.getManifest(app, version);
        if (app === 'contacts' && !hasYanked) {
          hasYanked = true;
          await stored.yank(app, version);
        }
        return found;
      },
    };
    const { apps, tenantId } = await openAppTenant({ appRegistry });
    const request = { tenantId, appId, configOverrides };
    const options = { installDependencies: true };
    await expect(apps.install(request, options)).rejects.toMatchObject({
      code: 'app_not_found',
      details: { apps: ['contacts'] },
    });
    expect(await apps.list(tenantId)).toEqual([]);
    expect(await apps.install(request, options)).toMatchObject({ success: true });
    expect(await apps.get(tenantId, 'contacts')).toMatchObject({ version: '1.0.0' });
  });

  it('is refused without an app registry', async () => {
    const { apps, tenantId } = await openAppTenant();
    await expect(apps.install({ tenantId, appId: 'contacts' })).rejects.toMatchObject({
      code: 'configuration_incomplete',
    });
  });
});

describe('a registry with publisher keys', () => {
  const withKeys = async (
    published: (sign: (bytes: Uint8Array) => Promise<string>) => Promise<Partial<IAppRegistry>>,
  ) => {
    const { key, sign } = await signer();
    const bytes = bytesOf(STANDALONE);
    const checksum = (await (await registryWith()).publish({ bytes })).checksum;
    const appRegistry: IAppRegistry = {
      listVersions: async () => [{ version: '1.0.0', checksum, isYanked: false }],
      getManifest: async () => ({ bytes, signature: await sign(bytes) }),
      ...(await published(sign)),
    };
    const { apps, tenantId } = await openAppTenant({ appRegistry, publisherKeys: [key] });
    return apps.install({ tenantId, appId: 'contacts' });
  };
  const bytes = bytesOf(STANDALONE);

  it('accepts a manifest that a publisher signed', async () => {
    expect(await withKeys(async () => ({}))).toMatchObject({ success: true });
  });

  it.each<[string, string, (sign: (bytes: Uint8Array) => Promise<string>) => Promise<Partial<IAppRegistry>>]>(
    [
      ['unsigned', 'unsigned', async () => ({ getManifest: async () => ({ bytes }) })],
      [
        'signed by another publisher',
        'wrong_signature',
        async () => {
          const other = await signer();
          const signature = await other.sign(bytes);
          return { getManifest: async () => ({ bytes, signature }) };
        },
      ],
      [
        'signed with other content',
        'wrong_signature',
        async (sign) => {
          const signature = await sign(bytesOf(BILLING));
          return { getManifest: async () => ({ bytes, signature }) };
        },
      ],
      [
        'with a signature that is none',
        'wrong_signature',
        async () => ({ getManifest: async () => ({ bytes, signature: 'a.b' }) }),
      ],
      [
        'with other bytes than registered',
        'checksum',
        async (sign) => {
          const other = bytesOf({ ...STANDALONE, label: 'X' });
          const signature = await sign(other);
          return { getManifest: async () => ({ bytes: other, signature }) };
        },
      ],
      [
        'an older version in place of a newer one',
        'name',
        async (sign) => {
          const signature = await sign(bytes);
          const { checksum } = await (await registryWith()).publish({ bytes });
          return {
            listVersions: async () => [{ version: '1.1.0', checksum, isYanked: false }],
            getManifest: async () => ({ bytes, signature }),
          };
        },
      ],
    ],
  )('refuses a manifest %s', async (_, reason, published) => {
    await expect(withKeys(published)).rejects.toMatchObject({
      code: 'app_untrusted',
      details: { apps: ['contacts'], reason },
    });
  });
});

describe('createFileAppRegistry', () => {
  it('never changes a published version', async () => {
    const registry = await registryWith(STANDALONE);
    await registry.publish({ bytes: bytesOf(STANDALONE) });
    await expect(registry.publish({ bytes: bytesOf({ ...STANDALONE, label: 'X' }) })).rejects.toMatchObject({
      code: 'invalid_request',
    });
    await expect(registry.publish({ bytes: new TextEncoder().encode('{') })).rejects.toMatchObject({
      code: 'invalid_request',
    });
    expect(await registry.listVersions('contacts')).toHaveLength(1);
    expect(await registry.listVersions('../contacts')).toEqual([]);
    await expect(registry.getManifest('contacts', '9.0.0')).rejects.toMatchObject({ code: 'app_not_found' });
    await expect(registry.yank('contacts', '9.0.0')).rejects.toMatchObject({ code: 'app_not_found' });
  });
});
