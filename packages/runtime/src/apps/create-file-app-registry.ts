import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { IAppRegistry, PublishedManifest, RegisteredAppVersion } from '@objectstack/spec/contracts';
import { MachineNameSchema, ObjectStackError, SemanticVersionSchema } from '@objectstack/spec/shared';
import * as z from 'zod';
import { writeDurably } from '../bundle/write-durably.js';
import { readManifest } from './read-manifest.js';

/*
 * A folder for each app: the bytes of each version, its signature, and an index that lists them. A version is published
 * when the index lists it.
 */

const IndexSchema = z.array(
  z.object({ version: SemanticVersionSchema, checksum: z.string(), isYanked: z.boolean() }),
);

/** An app registry that versions can be published to. */
export interface FileAppRegistry extends IAppRegistry {
  /**
   * Publishes a manifest. Idempotent. Rejects with `invalid_request` if it is not a manifest, or if its version was
   * published with other bytes.
   */
  publish(manifest: PublishedManifest): Promise<RegisteredAppVersion>;
  /** Withdraws a version, which stays installed where it is. Rejects with `app_not_found`. */
  yank(appId: string, version: string): Promise<void>;
}

const hasCode = (error: unknown, code: string) => (error as { code?: unknown } | null)?.code === code;

async function readOptional(file: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

const notFound = (appId: string) =>
  new ObjectStackError({
    code: 'app_not_found',
    message: 'The app registry has no such version of the app.',
    details: { apps: MachineNameSchema.safeParse(appId).success ? [appId] : [] },
  });

const invalid = (message: string) => new ObjectStackError({ code: 'invalid_request', message });

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw invalid('The manifest is not JSON in UTF-8.');
  }
}

/** An app registry in a folder. One process publishes at a time; any number of processes read. */
export function createFileAppRegistry(folder: string): FileAppRegistry {
  const indexFile = (appId: string) => join(folder, appId, 'versions.json');
  // A version is at most 255 characters, so its hash names the file.
  const fileOf = (appId: string, version: string) =>
    join(folder, appId, createHash('sha256').update(version).digest('hex'));

  async function list(appId: string): Promise<RegisteredAppVersion[]> {
    if (!MachineNameSchema.safeParse(appId).success) return [];
    const bytes = await readOptional(indexFile(appId));
    return bytes ? IndexSchema.parse(parseJson(bytes)) : [];
  }

  async function save(appId: string, versions: readonly RegisteredAppVersion[]): Promise<void> {
    await writeDurably(
      indexFile(appId),
      new TextEncoder().encode(JSON.stringify(versions, null, 2)),
      new Date(),
    );
  }

  return {
    listVersions: list,
    async getManifest(appId, version) {
      if (!(await list(appId)).some((one) => one.version === version)) throw notFound(appId);
      const file = fileOf(appId, version);
      const [bytes, signature] = [await readOptional(`${file}.json`), await readOptional(`${file}.jws`)];
      if (!bytes) throw notFound(appId);
      return { bytes, ...(signature && { signature: new TextDecoder().decode(signature) }) };
    },
    async publish({ bytes, signature }) {
      const { name, version } = readManifest(parseJson(bytes));
      const checksum = createHash('sha256').update(bytes).digest('hex');
      const versions = await list(name);
      const known = versions.find((one) => one.version === version);
      if (known && known.checksum !== checksum)
        throw invalid(
          `Version ${version} of ${name} was published with other content. Publish another version.`,
        );
      const file = fileOf(name, version);
      await writeDurably(`${file}.json`, bytes, new Date());
      if (signature !== undefined)
        await writeDurably(`${file}.jws`, new TextEncoder().encode(signature), new Date());
      const published = known ?? { version, checksum, isYanked: false };
      if (!known) await save(name, [...versions, published]);
      return published;
    },
    async yank(appId, version) {
      const versions = await list(appId);
      if (!versions.some((one) => one.version === version)) throw notFound(appId);
      await save(
        appId,
        versions.map((one) => (one.version === version ? { ...one, isYanked: true } : one)),
      );
    },
  };
}
