import { createHash } from 'node:crypto';
import type { IAppRegistry, PublishedManifest, RegisteredAppVersion } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { AppManifestInput } from '@objectstack/spec/system';

interface Entry extends RegisteredAppVersion {
  readonly published: PublishedManifest;
}

/** An app registry that a check publishes to. */
export class MemoryAppRegistry implements IAppRegistry {
  readonly #apps = new Map<string, Entry[]>();

  /** Publishes manifests. With `bytes`, what is provided differs from what was registered. */
  publish(manifest: AppManifestInput, given: { isYanked?: boolean; bytes?: Uint8Array } = {}): void {
    const { name, version } = manifest;
    const registered = new TextEncoder().encode(JSON.stringify(manifest));
    const checksum = createHash('sha256').update(registered).digest('hex');
    const { isYanked = false, bytes = registered } = given;
    const entries = this.#apps.get(name) ?? [];
    this.#apps.set(name, [...entries, { version, checksum, isYanked, published: { bytes } }]);
  }

  async listVersions(appId: string): Promise<RegisteredAppVersion[]> {
    return (this.#apps.get(appId) ?? []).map(({ published: _published, ...version }) => version);
  }

  async getManifest(appId: string, version: string): Promise<PublishedManifest> {
    const found = this.#apps.get(appId)?.find((one) => one.version === version);
    if (found) return found.published;
    throw new ObjectStackError({
      code: 'app_not_found',
      message: 'The app registry has no such version of the app.',
      details: { apps: [appId] },
    });
  }
}
