import type { AppManifestInput } from '@objectstack/spec/system';
import { type S3Server, startS3Server, temporaryFolder } from '@objectstack/testing';
import { exportJWK, FlattenedSign, generateKeyPair } from 'jose';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CONTACTS, openAppTenant } from '../../test/app-plane.js';
import { s3Options } from '../../test/s3-store.js';
import { createFileAppRegistry } from '../apps/create-file-app-registry.js';
import type { WritableAppRegistry } from '../apps/writable-app-registry.js';
import { s3AppRegistry } from './s3-app-registry.js';

const bytesOf = (manifest: AppManifestInput) => new TextEncoder().encode(JSON.stringify(manifest));
const APP = { ...CONTACTS, objectExtensions: [] };

async function openServer(settings: Parameters<S3Server['configure']>[0] = {}) {
  const server = await startS3Server();
  server.configure(settings);
  onTestFinished(() => server.stop());
  return server;
}

const OPEN: [name: string, open: () => Promise<WritableAppRegistry>][] = [
  ['files', async () => createFileAppRegistry(await temporaryFolder())],
  ['s3', async () => s3AppRegistry(s3Options(await openServer()))],
  [
    's3 without conditional writes, listed in pages',
    async () => s3AppRegistry(s3Options(await openServer({ conditionalWrites: 'unsupported', pageSize: 2 }))),
  ],
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

  it('provides signed apps to install, of which it withdraws one', async () => {
    const appRegistry = await open();
    const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
    const publish = async (version: string) => {
      const bytes = bytesOf({ ...APP, version });
      const jws = await new FlattenedSign(bytes).setProtectedHeader({ alg: 'EdDSA' }).sign(privateKey);
      await appRegistry.publish({ bytes, signature: `${jws.protected}..${jws.signature}` });
    };
    for (const version of ['1.0.0', '1.1.0', '2.0.0']) await publish(version);
    await appRegistry.publish({ bytes: bytesOf({ ...APP, version: '1.2.0' }), signature: 'a..b' });
    const publisherKeys = [await exportJWK(publicKey)];
    const { apps, tenantId } = await openAppTenant({ appRegistry, publisherKeys });
    const request = { tenantId, appId: 'contacts', range: '^1.0.0' };
    await expect(apps.install(request)).rejects.toMatchObject({
      code: 'app_untrusted',
      details: { reason: 'wrong_signature' },
    });
    await appRegistry.yank('contacts', '1.2.0');
    expect(await apps.install(request)).toMatchObject({ success: true, version: '1.1.0' });
  });
});

describe('s3AppRegistry', () => {
  const contents = ['X', 'Y', 'Z'].map((label) => bytesOf({ ...APP, label }));

  it('publishes one of several contents that are published at the same time', async () => {
    const registry = s3AppRegistry(s3Options(await openServer()));
    const outcomes = await Promise.allSettled(contents.map((bytes) => registry.publish({ bytes })));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(outcomes).toContainEqual(
      expect.objectContaining({ reason: expect.objectContaining({ code: 'invalid_request' }) }),
    );
    expect(await registry.listVersions('contacts')).toHaveLength(1);
  });

  it.each(['unsupported', 'ignored'] as const)(
    'publishes at most one of several contents if conditional writes are %s',
    async (conditionalWrites) => {
      const registry = s3AppRegistry(s3Options(await openServer({ conditionalWrites })));
      const outcomes = await Promise.allSettled(contents.map((bytes) => registry.publish({ bytes })));
      const published = outcomes.filter(({ status }) => status === 'fulfilled').length;
      expect(published).toBeLessThanOrEqual(1);
      expect(await registry.listVersions('contacts')).toHaveLength(published);
    },
  );

  it('leaves a version to the process that began to publish it', async () => {
    const server = await openServer();
    const registry = s3AppRegistry(s3Options(server));
    const [mine, other] = contents as [Uint8Array, Uint8Array];
    await registry.publish({ bytes: mine });
    const isManifest = (key: string) => /\.[0-9a-f]{64}$/.test(key);
    for (const key of server.objects.keys()) if (isManifest(key)) server.objects.delete(key);
    expect(await registry.listVersions('contacts')).toEqual([]);
    await expect(registry.publish({ bytes: other })).rejects.toMatchObject({ code: 'invalid_request' });
    await registry.publish({ bytes: mine });
    expect(await registry.listVersions('contacts')).toHaveLength(1);
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
