import type {
  CallOptions,
  CreateDatabaseRequest,
  ITursoPlatformService,
  ServerDatabase,
  TursoDatabaseInfo,
  TursoPlatformCapabilities,
  TursoTokenScope,
} from '@objectstack/spec/contracts';
import type { TursoDatabaseToken, TursoDatabaseUsage } from '@objectstack/spec/data';
import { type TenantRegion, throwIfAborted } from '@objectstack/spec/shared';
import type { KeyRotation } from '@objectstack/spec/system';
import { assertDatabaseName } from '../platform/assert-database-name.js';
import { assertLifetime } from '../platform/assert-lifetime.js';
import { assertPointInTime, pointInTimeUnavailable } from '../platform/assert-point-in-time.js';
import { assertSizeLimit } from '../platform/assert-size-limit.js';
import { pointInTimeGapMs } from './point-in-time-gap-ms.js';
import { rotateServerKeys } from './rotate-server-keys.js';
import { databaseNotFound, type LibsqlServerPlatformOptions, ServerContext } from './server-context.js';
import { ServerCreation } from './server-creation.js';
import { ServerDatabases } from './server-databases.js';
import { fittingServers } from './server-list.js';
import { signToken } from './signing-key.js';
import { isEmptyOnServer, sizeOnServer } from './size-on-server.js';

/** Name that no database has, for a request that changes nothing. */
const HEALTH_CHECK_NAME = 'health-check';

export type { LibsqlServerPlatformOptions } from './server-context.js';

/*
 * A libSQL server knows its namespaces, but neither which tenants they belong to nor the private keys of their tokens. The
 * store records both before anything is created, so that a process that is killed leaves a record from which a repeated
 * call continues, and never a namespace without a record. The record is the desired configuration: it is written first,
 * then sent as a whole, because the server replaces all of it, and sent again if the record has changed meanwhile.
 */

/**
 * Self-hosted libSQL servers with namespaces, as one platform. A new database is stored on the server with the fewest
 * databases, in the region of the request if it has one, and a copy on the server of its original. Every database has an
 * Ed25519 key of its own; tokens are signed here. Servers accept a token for up to a minute after it has expired.
 */
export class LibsqlServerPlatform implements ITursoPlatformService {
  readonly supports: TursoPlatformCapabilities;
  readonly #context: ServerContext;
  readonly #records: ServerDatabases;
  readonly #creation: ServerCreation;

  /** Throws `configuration_incomplete` or `configuration_invalid` unless the servers are given by a function. */
  constructor(options: LibsqlServerPlatformOptions) {
    this.supports = {
      tokens: true,
      access: true,
      seed: true,
      sizeLimit: true,
      groups: false,
      retention: false,
      pointInTimeGapMs: pointInTimeGapMs(options),
    };
    this.#context = new ServerContext(options);
    this.#records = new ServerDatabases(this.#context);
    this.#creation = new ServerCreation(this.#context, this.#records);
  }

  async createDatabase(
    request: CreateDatabaseRequest,
    { signal }: CallOptions = {},
  ): Promise<TursoDatabaseInfo> {
    const { name, seed, sizeLimitBytes } = request;
    assertDatabaseName(name);
    if (seed) assertDatabaseName(seed.name);
    assertPointInTime(seed, this.supports);
    assertSizeLimit(sizeLimitBytes);
    throwIfAborted(signal);
    const created = await this.#creation.create(request, signal);
    if (seed?.timestamp !== undefined) await this.#assertNotEmpty(created);
    return created;
  }

  async deleteDatabase(name: string, { signal }: CallOptions = {}): Promise<void> {
    assertDatabaseName(name);
    throwIfAborted(signal);
    if (await this.#isNeverCreated(name)) return;
    const record = await this.#records.change(name, { status: 'deleting', isApplied: false });
    if (!record) return;
    const admin = await this.#context.adminOf(record);
    await admin.delete(name, signal);
    await this.#context.store.remove(name, record.revision);
  }

  /** Retains nothing: `deleteDatabase` is final. */
  async purgeDatabase(name: string, { signal }: CallOptions = {}): Promise<void> {
    assertDatabaseName(name);
    throwIfAborted(signal);
  }

  async listDatabases(): Promise<TursoDatabaseInfo[]> {
    const records = await this.#context.store.list();
    const ready = records.filter(({ status }) => status === 'ready');
    return Promise.all(ready.map((record) => this.#context.infoOf(record)));
  }

  async getDatabase(name: string): Promise<TursoDatabaseInfo | null> {
    assertDatabaseName(name);
    const record = await this.#context.store.get(name);
    if (!record || record.status === 'deleting') return null;
    if (record.status === 'ready') return this.#context.infoOf(record);
    const publicKey = await (await this.#context.adminOf(record)).publicKeyOf(name);
    const finished = publicKey === record.publicKey ? await this.#records.apply(name) : null;
    return finished && this.#context.infoOf(finished);
  }

  async createToken(
    name: string,
    scope: TursoTokenScope,
    expiresInSeconds?: number,
  ): Promise<TursoDatabaseToken> {
    assertDatabaseName(name);
    assertLifetime(expiresInSeconds);
    const record = await this.#find(name);
    if (!record.isApplied && !(await this.#records.apply(name))) throw databaseNotFound(name);
    return this.#sign(record, scope, expiresInSeconds);
  }

  async revokeToken(
    name: string,
    { signal }: CallOptions = {},
  ): Promise<{ revoked: 'all_tokens_of_database' }> {
    assertDatabaseName(name);
    throwIfAborted(signal);
    await this.#change(name, await this.#context.newKey(name), signal);
    return { revoked: 'all_tokens_of_database' };
  }

  async setDatabaseAccess(
    name: string,
    { blockReads, blockWrites }: { blockReads: boolean; blockWrites: boolean },
    { signal }: CallOptions = {},
  ): Promise<void> {
    assertDatabaseName(name);
    throwIfAborted(signal);
    await this.#change(name, { blockReads, blockWrites }, signal);
  }

  async setSizeLimit(name: string, sizeLimitBytes: number, { signal }: CallOptions = {}): Promise<void> {
    assertDatabaseName(name);
    assertSizeLimit(sizeLimitBytes);
    throwIfAborted(signal);
    await this.#change(name, { sizeLimitBytes }, signal);
  }

  /** Ids of the servers. */
  async listPlacements(region?: TenantRegion): Promise<readonly string[]> {
    const servers = await this.#context.servers();
    const counts = await this.#context.store.countByServer();
    return fittingServers(servers, counts, region).map(({ id }) => id);
  }

  /** Rows are those since the server started. */
  async getDatabaseUsage(name: string): Promise<TursoDatabaseUsage> {
    assertDatabaseName(name);
    const record = await this.#find(name);
    const admin = await this.#context.adminOf(record);
    const [statistics, { url }] = await Promise.all([admin.statisticsOf(name), this.#context.infoOf(record)]);
    if (!statistics) throw databaseNotFound(name);
    const { jwt } = await this.#sign(record, 'read-only', 60);
    return {
      rowsRead: statistics.rows_read_count,
      rowsWritten: statistics.rows_written_count,
      storageBytes: (await sizeOnServer(url, jwt)) ?? statistics.storage_bytes_used,
    };
  }

  /** Encrypts the keys of all databases with the current key of the sealer. */
  rotateKeys(options?: CallOptions): Promise<KeyRotation> {
    return rotateServerKeys(this.#context, options);
  }

  /** Requests the administrative API of every server. */
  async checkHealth(): Promise<void> {
    for (const server of await this.#context.servers())
      await this.#context.adminFor(server).publicKeyOf(HEALTH_CHECK_NAME);
  }

  async #change(name: string, change: Partial<ServerDatabase>, signal?: AbortSignal): Promise<void> {
    await this.#find(name);
    if (!(await this.#records.change(name, { ...change, isApplied: false }))) throw databaseNotFound(name);
    if (!(await this.#records.apply(name, signal))) throw databaseNotFound(name);
  }

  /** A server creates an empty database from a timestamp before its first backup of the other one. */
  async #assertNotEmpty({ name, url }: TursoDatabaseInfo): Promise<void> {
    const { jwt } = await this.createToken(name, 'read-only', 60);
    if (!(await isEmptyOnServer(url, jwt))) return;
    await this.deleteDatabase(name);
    throw pointInTimeUnavailable('the database has no backup of it');
  }

  async #find(name: string): Promise<ServerDatabase> {
    const record = await this.#context.store.get(name);
    if (record?.status === 'ready') return record;
    throw databaseNotFound(name);
  }

  async #sign(record: ServerDatabase, scope: TursoTokenScope, expiresInSeconds: number | undefined) {
    const { now: issuedAt } = this.#context;
    const privateKey = await this.#context.privateKeyOf(record);
    return signToken(privateKey, { databaseName: record.name, scope, issuedAt, expiresInSeconds });
  }

  /**
   * Removes the record of a creation that failed because the namespace is not of this platform: its key is neither that of
   * the record nor that of a database that it could be a copy of. Returns whether there was such a record.
   */
  async #isNeverCreated(name: string): Promise<boolean> {
    const { store } = this.#context;
    const found = await store.get(name);
    if (found?.status !== 'creating') return false;
    const publicKey = await (await this.#context.adminOf(found)).publicKeyOf(name);
    const known = new Set<unknown>([undefined, ...(await store.list()).map((record) => record.publicKey)]);
    return !known.has(publicKey) && store.remove(name, found.revision);
  }
}
