import { createHash } from 'node:crypto';
import type { IAppRegistry, PublishedManifest, RegisteredAppVersion } from '@objectstack/spec/contracts';
import { MachineNameSchema, ObjectStackError } from '@objectstack/spec/shared';
import { readManifest } from './read-manifest.js';

/** An app registry that versions can be published to. One process publishes at a time; any number of processes read. */
export interface WritableAppRegistry extends IAppRegistry {
  /**
   * Publishes a manifest. Idempotent. Rejects with `invalid_request` if it is not a manifest, or if its version was
   * published with other bytes.
   */
  publish(manifest: PublishedManifest): Promise<RegisteredAppVersion>;
  /** Withdraws a version, which stays installed where it is. Rejects with `app_not_found`. */
  yank(appId: string, version: string): Promise<void>;
}

const invalid = (message: string) => new ObjectStackError({ code: 'invalid_request', message });

export const isAppId = (appId: string): boolean => MachineNameSchema.safeParse(appId).success;

/** The error of a version that is not registered. The name is only repeated if it can be one. */
export const versionNotFound = (appId: string): ObjectStackError =>
  new ObjectStackError({
    code: 'app_not_found',
    message: 'The app registry has no such version of the app.',
    details: { apps: isAppId(appId) ? [appId] : [] },
  });

export const publishedOtherwise = (appId: string, version: string): ObjectStackError =>
  invalid(`Version ${version} of ${appId} was published with other content. Publish another version.`);

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw invalid('The manifest is not JSON in UTF-8.');
  }
}

/** Name, version and checksum of a manifest to publish. Throws `invalid_request`. */
export function readPublished({ bytes }: PublishedManifest): {
  name: string;
  version: string;
  checksum: string;
} {
  const { name, version } = readManifest(parseJson(bytes));
  return { name, version, checksum: createHash('sha256').update(bytes).digest('hex') };
}
