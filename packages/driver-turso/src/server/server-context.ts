import type {
  ISecretSealer,
  IServerDatabaseStore,
  ServerDatabase,
  TursoDatabaseInfo,
} from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { ServerAdmin } from './server-admin.js';
import {
  assertServers,
  type LibsqlServerEntry,
  type LibsqlServerList,
  serverById,
  urlOnServer,
} from './server-list.js';
import { createSigningKey } from './signing-key.js';

export interface LibsqlServerPlatformOptions {
  readonly servers: LibsqlServerList;
  /** Records which server stores each database, and the sealed keys of their tokens. */
  readonly store: IServerDatabaseStore;
  /** Seals the private keys. */
  readonly sealer: ISecretSealer;
  /**
   * Interval at which the servers back up writes, in seconds: their `LIBSQL_BOTTOMLESS_BATCH_INTERVAL_SECS`. With it, a copy
   * can have the state of a timestamp. Absent: it cannot.
   */
  readonly backupIntervalSeconds?: number | undefined;
  /** Current time, for the lifetime of tokens. Absent: the system clock. */
  readonly now?: () => Date;
  /** Maximum time of a request with all its attempts, in milliseconds. Absent: 30,000. */
  readonly timeoutMs?: number | undefined;
  /** Maximum time of one attempt, in milliseconds. Absent: 10,000. */
  readonly attemptTimeoutMs?: number | undefined;
  /** Maximum number of retries of a request. Absent: 5. */
  readonly maxRetries?: number | undefined;
}

export const databaseNotFound = (databaseName: string) =>
  new ObjectStackError({
    code: 'database_not_found',
    message: `Database ${databaseName} does not exist on the libSQL servers.`,
    details: { databaseName },
  });

export const databaseExists = (name: string) =>
  new ObjectStackError({
    code: 'database_exists',
    message: `Database ${name} exists on the libSQL servers. Choose another name.`,
    details: { name },
  });

const KEY_FIELD = 'serverDatabase.signingKey';

/** What the platform needs for each call: its options, the servers and their administrative APIs. */
export class ServerContext {
  readonly #options: LibsqlServerPlatformOptions;

  /** Throws `configuration_incomplete` or `configuration_invalid` unless the servers are given by a function. */
  constructor(options: LibsqlServerPlatformOptions) {
    if (typeof options.servers !== 'function') assertServers(options.servers);
    this.#options = options;
  }

  get store(): IServerDatabaseStore {
    return this.#options.store;
  }

  get now(): Date {
    return this.#options.now?.() ?? new Date();
  }

  async servers(): Promise<readonly LibsqlServerEntry[]> {
    const { servers } = this.#options;
    if (typeof servers !== 'function') return servers;
    const given = await servers();
    assertServers(given);
    return given;
  }

  async serverOf({ serverId }: ServerDatabase): Promise<LibsqlServerEntry> {
    return serverById(await this.servers(), serverId);
  }

  async adminOf(record: ServerDatabase): Promise<ServerAdmin> {
    return this.adminFor(await this.serverOf(record));
  }

  adminFor({ adminUrl, adminToken }: LibsqlServerEntry): ServerAdmin {
    const { timeoutMs = 30_000, attemptTimeoutMs = 10_000, maxRetries = 5 } = this.#options;
    return new ServerAdmin({ adminUrl, adminToken, timeoutMs, attemptTimeoutMs, maxRetries });
  }

  async infoOf(record: ServerDatabase): Promise<TursoDatabaseInfo> {
    const { name, dbId, blockReads, blockWrites } = record;
    const server = await this.serverOf(record);
    return {
      name,
      dbId,
      url: urlOnServer(server, name),
      ...(server.region !== undefined && { primaryLocation: server.region }),
      blockReads,
      blockWrites,
    };
  }

  /** A new key for a database, whose private part is sealed. */
  async newKey(name: string): Promise<Pick<ServerDatabase, 'signingKey' | 'publicKey'>> {
    const { privateKey, publicKey } = createSigningKey();
    const signingKey = await this.#options.sealer.seal(privateKey, { tenantId: name, field: KEY_FIELD });
    return { signingKey, publicKey };
  }

  /** The same key, encrypted with the current key of the sealer. */
  async resealed(record: ServerDatabase): Promise<ServerDatabase> {
    const privateKey = await this.privateKeyOf(record);
    const signingKey = await this.#options.sealer.seal(privateKey, {
      tenantId: record.name,
      field: KEY_FIELD,
    });
    return { ...record, signingKey, revision: record.revision + 1 };
  }

  /** Identifier of the key with which the sealer encrypts. */
  async currentKeyId(): Promise<string> {
    const place = { tenantId: 'key-rotation', field: KEY_FIELD };
    return (await this.#options.sealer.seal('none', place)).keyId;
  }

  privateKeyOf({ name, signingKey }: ServerDatabase): Promise<string> {
    return this.#options.sealer.open(signingKey, { tenantId: name, field: KEY_FIELD });
  }
}
