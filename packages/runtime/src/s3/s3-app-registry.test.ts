import type { AppManifestInput } from '@objectstack/spec/system';
import { startS3Server, temporaryFolder } from '@objectstack/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CONTACTS, openAppTenant } from '../../test/app-plane.js';
import { s3Options } from '../../test/s3-store.js';
import { createFileAppRegistry } from '../apps/create-file-app-registry.js';
import type { WritableAppRegistry } from '../apps/writable-app-registry.js';
import { s3AppRegistry } from './s3-app-registry.js';

const bytesOf = (manifest: AppManifestInput) => new TextEncoder().encode(JSON.stringify(manifest));
const APP = { ...CONTACTS, objectExtensions: [] };

async function openServer() {
  const server = await startS3Server();
  onTestFinished(() => server.stop());
  return server;
}

const OPEN: [name: string, open: () => Promise<WritableAppRegistry>][] = [
  ['files', async () => createFileAppRegistry(await temporaryFolder())],
  ['s3', async () => s3AppRegistry(s3Options(await openServer()))],
];

describe.each(OPEN)('an app registry on %s', (_, open) => {
  it('returns what was published, with its signature', async () => {
    const registry = await open();
    const bytes = bytesOf(APP);
    const published = await registry.publish({ bytes, signature: 'a..b' });
    expect(await registry.publish({ bytes, signature: 'a..b' })).toEqual(published);
    await registry.publish({ bytes: bytesOf({ ...APP, version: '1.1.0-beta.1+build' }) });
    expect((await registry.listVersions('contacts')).map(({ version }) => version).sort()).toEqual([
      '1.0.0',
      '1.1.0-beta.1+build',
    ]);
    const { bytes: stored, signature } = await registry.getManifest('contacts', '1.0.0');
    expect([new Uint8Array(stored), signature]).toEqual([bytes, 'a..b']);
    expect(await registry.listVersions('unknown')).toEqual([]);
    expect(await registry.listVersions('../contacts')).toEqual([]);
    await expect(registry.getManifest('contacts', '9.0.0')).rejects.toMatchObject({ code: 'app_not_found' });
    await expect(registry.getManifest('../x', '1.0.0')).rejects.toMatchObject({ code: 'app_not_found' });
  });

  it('never changes a published version', async () => {
    const registry = await open();
    const { checksum } = await registry.publish({ bytes: bytesOf(APP) });
    for (const bytes of [bytesOf({ ...APP, label: 'X' }), new TextEncoder().encode('{')])
      await expect(registry.publish({ bytes })).rejects.toMatchObject({ code: 'invalid_request' });
    expect(await registry.listVersions('contacts')).toEqual([
      { version: '1.0.0', checksum, isYanked: false },
    ]);
  });

  it('withdraws versions', async () => {
    const registry = await open();
    await registry.publish({ bytes: bytesOf(APP) });
    await registry.yank('contacts', '1.0.0');
    expect(await registry.listVersions('contacts')).toMatchObject([{ version: '1.0.0', isYanked: true }]);
    expect(await registry.publish({ bytes: bytesOf(APP) })).toMatchObject({ isYanked: true });
    await expect(registry.yank('contacts', '9.0.0')).rejects.toMatchObject({ code: 'app_not_found' });
  });

  it('provides apps to install', async () => {
    const appRegistry = await open();
    await appRegistry.publish({ bytes: bytesOf(APP) });
    const { apps, tenantId } = await openAppTenant({ appRegistry });
    expect(await apps.install({ tenantId, appId: 'contacts' })).toMatchObject({ success: true });
  });
});

describe('s3AppRegistry', () => {
  it('lists none of two contents that were published at the same time', async () => {
    const server = await openServer();
    const registry = s3AppRegistry(s3Options(server));
    const contents = [bytesOf(APP), bytesOf({ ...APP, label: 'X' })];
    const outcomes = await Promise.allSettled(contents.map((bytes) => registry.publish({ bytes })));
    const published = outcomes.filter(({ status }) => status === 'fulfilled').length;
    expect(published).toBeLessThanOrEqual(1);
    expect(await registry.listVersions('contacts')).toHaveLength(published);
  });

  it('rejects an object that is not a manifest', async () => {
    const server = await openServer();
    const registry = s3AppRegistry(s3Options(server));
    await registry.publish({ bytes: bytesOf(APP) });
    for (const key of server.objects.keys()) server.objects.set(key, Buffer.from('{}') as never);
    await expect(registry.getManifest('contacts', '1.0.0')).rejects.toMatchObject({
      code: 'bundle_store_refused',
    });
  });

  it.each([{}, { bucket: 'x' }, undefined])('rejects incomplete options: %j', (options) => {
    expect(() => s3AppRegistry(options as never)).toThrow(
      expect.objectContaining({ code: 'configuration_incomplete' }),
    );
  });
});
