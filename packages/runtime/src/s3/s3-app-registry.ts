import { createHash } from 'node:crypto';
import type { PublishedManifest, RegisteredAppVersion } from '@objectstack/spec/contracts';
import { LIMITS } from '@objectstack/spec/shared';
import * as z from 'zod';
import {
  isAppId,
  publishedOtherwise,
  readPublished,
  versionNotFound,
  type WritableAppRegistry,
} from '../apps/writable-app-registry.js';
import { listKeys } from './list-keys.js';
import { readS3Options, type S3BundleStoreOptions } from './read-s3-options.js';
import { S3Client, type S3Send } from './s3-client.js';
import { storeRefused } from './to-s3-error.js';

/*
 * Below the prefix, the keys of an app are `<app>/<version>.<checksum>`, whose object contains the manifest and its
 * signature, and `<app>/<version>.yanked`. Versions are encoded, because they may contain any character that a key must not.
 * So a list of keys is a list of versions. Publishing first claims the version: `<app>/<version>.claim` names the checksum and is
 * only written if it is missing, so that of several processes one publishes. Where the server has no conditional writes, a
 * version with two checksums is none.
 */

/** Options of an app registry in a bucket. `prefix` is `apps` unless it is given. */
export type S3AppRegistryOptions = Omit<S3BundleStoreOptions, 'clock'>;

const ClaimSchema = z.object({ checksum: z.string() });
const StoredSchema = z.object({ manifest: z.base64(), signature: z.string().optional() });

/** A manifest in Base64, its signature and the keys of the object. */
const MOST_BYTES = 2 * LIMITS.maxBundleBytes;
const MOST_BYTES_OF_WRITE = 65_536;

const encode = (version: string) => Buffer.from(version).toString('base64url');
const decode = (text: string) => Buffer.from(text, 'base64url').toString();

interface Version extends RegisteredAppVersion {
  readonly key: string;
}

/**
 * App registry in a bucket of Amazon S3, Cloudflare R2 or a compatible server. Requires the package `aws4fetch`. Throws
 * `configuration_incomplete` and `configuration_invalid`. Methods also reject like the bundle store.
 */
export function s3AppRegistry(options: S3AppRegistryOptions): WritableAppRegistry {
  const settings = readS3Options({ ...options, prefix: options?.prefix ?? 'apps' });
  return new S3AppRegistry(new S3Client(settings), settings.prefix);
}

class S3AppRegistry implements WritableAppRegistry {
  readonly #client: S3Client;
  readonly #prefix: string;

  constructor(client: S3Client, prefix: string) {
    this.#client = client;
    this.#prefix = prefix;
  }

  async listVersions(appId: string): Promise<RegisteredAppVersion[]> {
    const versions = await this.#versionsOf(this.#client.begin(undefined), appId);
    return versions.map(({ key: _key, ...version }) => version);
  }

  async getManifest(appId: string, version: string): Promise<PublishedManifest> {
    const send = this.#client.begin(undefined);
    const found = (await this.#versionsOf(send, appId)).find((one) => one.version === version);
    if (!found) throw versionNotFound(appId);
    const { status, body } = await send({
      method: 'GET',
      key: found.key,
      mostBytes: MOST_BYTES,
      expected: [404],
    });
    if (status === 404 || !body) throw versionNotFound(appId);
    const stored = parse(StoredSchema, body);
    if (!stored) throw storeRefused({ status, reason: 'the object is not a manifest' });
    const { manifest, signature } = stored;
    const bytes = new Uint8Array(Buffer.from(manifest, 'base64'));
    return { bytes, ...(signature !== undefined && { signature }) };
  }

  async publish({ bytes, signature }: PublishedManifest): Promise<RegisteredAppVersion> {
    const send = this.#client.begin(undefined);
    const { name, version, checksum } = readPublished({ bytes });
    const key = `${this.#prefixOf(name)}${encode(version)}.${checksum}`;
    const same = (await this.#keysOf(send, name)).filter((one) => isVersionKey(one, key));
    if (same.some((one) => one !== key)) throw publishedOtherwise(name, version);
    const claim = `${this.#prefixOf(name)}${encode(version)}.claim`;
    if ((await this.#claimedBy(send, claim, checksum)) !== checksum) throw publishedOtherwise(name, version);
    const manifest = Buffer.from(bytes).toString('base64');
    await this.#write(send, key, { manifest, ...(signature !== undefined && { signature }) });
    const published = (await this.#versionsOf(send, name)).find((one) => one.key === key);
    // Another process has published the version meanwhile, and finds this one too.
    if (!published) {
      await send({ method: 'DELETE', key, mostBytes: MOST_BYTES_OF_WRITE, expected: [404] });
      throw publishedOtherwise(name, version);
    }
    return { version, checksum, isYanked: published.isYanked };
  }

  async yank(appId: string, version: string): Promise<void> {
    const send = this.#client.begin(undefined);
    const versions = await this.#versionsOf(send, appId);
    if (!versions.some((one) => one.version === version)) throw versionNotFound(appId);
    await this.#write(send, `${this.#prefixOf(appId)}${encode(version)}.yanked`, {});
  }

  #prefixOf(appId: string): string {
    return `${this.#prefix}/${appId}/`;
  }

  async #keysOf(send: S3Send, appId: string): Promise<string[]> {
    const keys: string[] = [];
    if (!isAppId(appId)) return keys;
    for (let after: string | undefined; ; after = keys.at(-1)) {
      const page = await listKeys(send, {
        prefix: this.#prefixOf(appId),
        ...(after !== undefined && { after }),
      });
      keys.push(...page.keys);
      if (!page.isTruncated) return keys;
    }
  }

  async #versionsOf(send: S3Send, appId: string): Promise<Version[]> {
    const found = new Map<string, Version[]>();
    const yanked = new Set<string>();
    for (const key of await this.#keysOf(send, appId)) {
      const [, encoded = '', rest = ''] =
        /^([A-Za-z0-9_-]+)\.([0-9a-f]{64}|yanked)$/.exec(key.slice(this.#prefixOf(appId).length)) ?? [];
      if (encoded === '') continue;
      const version = decode(encoded);
      if (rest === 'yanked') yanked.add(version);
      else
        found.set(version, [
          ...(found.get(version) ?? []),
          { version, checksum: rest, isYanked: false, key },
        ]);
    }
    return [...found.values()].flatMap((same) =>
      same.length === 1 ? same.map((one) => ({ ...one, isYanked: yanked.has(one.version) })) : [],
    );
  }

  /** Claims a version for a checksum. Returns the checksum that has claimed it; without conditional writes, the given one. */
  async #claimedBy(send: S3Send, key: string, checksum: string): Promise<string | undefined> {
    const onlyIfMissing = { 'if-none-match': '*' };
    const status = await this.#write(send, key, { checksum }, onlyIfMissing);
    if (status !== 412) return checksum;
    const { body } = await send({ method: 'GET', key, mostBytes: MOST_BYTES_OF_WRITE });
    return parse(ClaimSchema, body)?.checksum;
  }

  async #write(
    send: S3Send,
    key: string,
    content: object,
    condition: Readonly<Record<string, string>> = {},
  ): Promise<number> {
    const body = new TextEncoder().encode(JSON.stringify(content));
    const { status } = await send({
      method: 'PUT',
      key,
      headers: { ...condition, 'content-type': 'application/json' },
      body,
      bodyHash: createHash('sha256').update(body).digest('hex'),
      mostBytes: MOST_BYTES_OF_WRITE,
      ...('if-none-match' in condition && { expected: [412, 501] }),
    });
    return status;
  }
}

const isVersionKey = (key: string, other: string) =>
  key.slice(0, key.lastIndexOf('.')) === other.slice(0, other.lastIndexOf('.')) &&
  /\.[0-9a-f]{64}$/.test(key);

function parse<Schema extends z.ZodType>(
  schema: Schema,
  body: Uint8Array | null,
): z.infer<Schema> | undefined {
  try {
    return schema.parse(JSON.parse(new TextDecoder().decode(body ?? undefined)));
  } catch {
    return undefined;
  }
}
