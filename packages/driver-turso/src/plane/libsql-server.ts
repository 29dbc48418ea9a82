import type { DataPlane, ISecretSealer, IServerDatabaseStore } from '@objectstack/spec/contracts';
import type { ApiToken } from '../platform/retrying-api-client.js';
import { LibsqlServerPlatform } from '../server/libsql-server-platform.js';
import type { LibsqlServerList } from '../server/server-list.js';
import { assertComplete } from './assert-complete.js';
import { remoteDataPlane } from './remote-data-plane.js';

interface CommonOptions {
  /**
   * Records which server stores each database, and the encrypted keys that sign their access tokens. All processes must
   * share it.
   */
  readonly store: IServerDatabaseStore;
  /** Encrypts the keys that sign the access tokens. */
  readonly sealer: ISecretSealer;
  /**
   * Lifetime of the access tokens of databases, in seconds. A token is replaced after 80 % of its lifetime. Absent: 3,600.
   */
  readonly tokenLifetimeSeconds?: number;
  /**
   * Interval at which the servers back up writes to S3, in seconds: their `LIBSQL_BOTTOMLESS_BATCH_INTERVAL_SECS`, which is 15
   * by default. All servers must be started with `--enable-bottomless-replication`. With it, tenants can be restored to a
   * point in time. Absent: they cannot.
   */
  readonly backupIntervalSeconds?: number;
}

/** One server. */
export interface SingleServerOptions extends CommonOptions {
  /** URL of a database, with `{database}` in place of its name, for example `https://{database}.db.example.com`. */
  readonly url: string;
  /** URL of the administrative API. It must not be reachable by tenants. */
  readonly adminUrl: string;
  /** Token of the administrative API, or a function that returns it. */
  readonly adminToken?: ApiToken;
}

/** Several servers, among which the databases are distributed. */
export interface SeveralServersOptions extends CommonOptions {
  readonly servers: LibsqlServerList;
}

export type LibsqlServerOptions = SingleServerOptions | SeveralServersOptions;

/** Identifier under which a single server is recorded. */
const DEFAULT_ID = 'default';

function serversOf(options: LibsqlServerOptions): LibsqlServerList {
  if ('servers' in options) return options.servers;
  const { url, adminUrl, adminToken } = options;
  return [{ id: DEFAULT_ID, url, adminUrl, ...(adminToken !== undefined && { adminToken }) }];
}

/**
 * A data plane on self-hosted libSQL servers with namespaces: a namespace for each tenant, with a key of its own and
 * short-lived tokens that are signed when they are needed and held in memory only.
 *
 * Throws `configuration_incomplete`, whose details name the missing setting, and `configuration_invalid`.
 */
export function libsqlServer(options: LibsqlServerOptions): DataPlane {
  const isSeveral = typeof options === 'object' && options !== null && 'servers' in options;
  const places = isSeveral ? ['servers'] : ['url', 'adminUrl'];
  assertComplete('libsqlServer', options, [...places, 'store', 'sealer']);
  const { store, sealer, tokenLifetimeSeconds = 3_600, backupIntervalSeconds } = options;
  const servers = serversOf(options);
  const platform = new LibsqlServerPlatform({ servers, store, sealer, backupIntervalSeconds });
  return {
    ...remoteDataPlane({ platform, tokenLifetimeSeconds, readyTimeoutMs: 5_000 }),
    rotateKeys: (options) => platform.rotateKeys(options),
    checkHealth: () => platform.checkHealth(),
  };
}
