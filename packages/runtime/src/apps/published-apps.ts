import { createHash } from 'node:crypto';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { AppManifest } from '@objectstack/spec/system';
import type { AppContext } from './app-context.js';
import { readManifest } from './read-manifest.js';
import type { AppSource } from './resolve-dependencies.js';
import { verifySignature } from './verify-signature.js';

type UntrustedReason = 'unsigned' | 'wrong_signature' | 'checksum' | 'name' | 'malformed';

const untrusted = (appId: string, reason: UntrustedReason) =>
  new ObjectStackError({
    code: 'app_untrusted',
    message: `The published manifest of ${appId} is not trusted (${reason}).`,
    details: { apps: [appId], reason },
  });

const withdrawn = (appId: string, version: string) =>
  new ObjectStackError({
    code: 'app_not_found',
    message: `Version ${version} of ${appId} was yanked in the meantime. Install the app again, so that another version is chosen.`,
    details: { apps: [appId] },
  });

function parse(bytes: Uint8Array, appId: string): AppManifest {
  try {
    return readManifest(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch {
    throw untrusted(appId, 'malformed');
  }
}

/**
 * The published versions, each verified: its bytes have the registered checksum and, if publisher keys are configured, a
 * valid signature, and name the app and the version that were asked for. So neither another app nor another version can
 * be passed off as the one that was asked for.
 */
export function publishedApps({
  appRegistry,
  publisherKeys,
}: Pick<AppContext, 'appRegistry' | 'publisherKeys'>): AppSource {
  if (!appRegistry)
    throw new ObjectStackError({
      code: 'configuration_incomplete',
      message: 'createRuntime has no option appRegistry, which provides the versions of apps.',
      details: { missing: ['appRegistry'] },
    });
  return {
    async versionsOf(appId) {
      const versions = await appRegistry.listVersions(appId);
      return versions.flatMap(({ version, isYanked }) => (isYanked ? [] : [version]));
    },
    async manifestOf(appId, version) {
      const { bytes, signature } = await appRegistry.getManifest(appId, version);
      // Read after the manifest, so that a version that was yanked since it was chosen is noticed.
      const registered = (await appRegistry.listVersions(appId)).find((one) => one.version === version);
      if (registered?.isYanked) throw withdrawn(appId, version);
      if (registered?.checksum !== createHash('sha256').update(bytes).digest('hex'))
        throw untrusted(appId, 'checksum');
      if (publisherKeys) {
        if (signature === undefined) throw untrusted(appId, 'unsigned');
        if (!(await verifySignature(bytes, signature, publisherKeys)))
          throw untrusted(appId, 'wrong_signature');
      }
      const manifest = parse(bytes, appId);
      if (manifest.name !== appId || manifest.version !== version) throw untrusted(appId, 'name');
      return manifest;
    },
  };
}
