import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RegisteredAppVersion } from '@objectstack/spec/contracts';
import { SemanticVersionSchema } from '@objectstack/spec/shared';
import { rcompare } from 'semver';
import * as z from 'zod';
import { writeDurably } from '../bundle/write-durably.js';
import {
  isAppId,
  publishedOtherwise,
  readPublished,
  versionNotFound,
  type WritableAppRegistry,
} from './writable-app-registry.js';

/*
 * A directory for each app: the bytes of each version, its signature, and an index that lists them. A version is published
 * when the index lists it.
 */

const IndexSchema = z.array(
  z.object({ version: SemanticVersionSchema, checksum: z.string(), isYanked: z.boolean() }),
);

/** Version of an app in a registry, with the name of the app. */
export interface FoundAppVersion extends RegisteredAppVersion {
  readonly appId: string;
}

/** An app registry in a directory. */
export interface FileAppRegistry extends WritableAppRegistry {
  /**
   * Returns the versions of the apps whose name contains a text, also withdrawn ones, sorted by the name of the app and
   * then from the newest to the oldest.
   */
  search(text: string): Promise<FoundAppVersion[]>;
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

/** An app registry in a directory. One process publishes at a time; any number of processes read. */
export function createFileAppRegistry(directory: string): FileAppRegistry {
  const indexFile = (appId: string) => join(directory, appId, 'versions.json');
  // A version is at most 255 characters, so its hash names the file.
  const fileOf = (appId: string, version: string) =>
    join(directory, appId, createHash('sha256').update(version).digest('hex'));

  async function list(appId: string): Promise<RegisteredAppVersion[]> {
    if (!isAppId(appId)) return [];
    const bytes = await readOptional(indexFile(appId));
    return bytes ? IndexSchema.parse(JSON.parse(new TextDecoder().decode(bytes))) : [];
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
    async search(text) {
      const names = await readdir(directory).catch((error) => {
        if (hasCode(error, 'ENOENT')) return [];
        throw error;
      });
      const matching = names.filter((name) => name.includes(text)).sort();
      const found = await Promise.all(
        matching.map(async (appId) =>
          (await list(appId))
            .map((version) => ({ appId, ...version }))
            .sort((one, other) => rcompare(one.version, other.version)),
        ),
      );
      return found.flat();
    },
    async getManifest(appId, version) {
      if (!(await list(appId)).some((one) => one.version === version)) throw versionNotFound(appId);
      const file = fileOf(appId, version);
      const [bytes, signature] = [await readOptional(`${file}.json`), await readOptional(`${file}.jws`)];
      if (!bytes) throw versionNotFound(appId);
      return { bytes, ...(signature && { signature: new TextDecoder().decode(signature) }) };
    },
    async publish({ bytes, signature }) {
      const { name, version, checksum } = readPublished({ bytes });
      const versions = await list(name);
      const known = versions.find((one) => one.version === version);
      if (known && known.checksum !== checksum) throw publishedOtherwise(name, version);
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
      if (!versions.some((one) => one.version === version)) throw versionNotFound(appId);
      await save(
        appId,
        versions.map((one) => (one.version === version ? { ...one, isYanked: true } : one)),
      );
    },
  };
}
