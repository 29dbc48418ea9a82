import type {
  DataPlane,
  DriverCacheLimits,
  ITursoPlatformService,
  TenantMarker,
} from '@objectstack/spec/contracts';
import type { TenantDatabaseLifecycle, TenantResolverStrategy } from '@objectstack/spec/data';
import { ObjectStackError, type TenantRegion } from '@objectstack/spec/shared';
import type { TenantConnectionConfig } from '@objectstack/spec/system';
import type { Connection } from '../connection/connection.js';
import { openConnection } from '../connection/open-connection.js';
import { pause } from '../connection/pause.js';
import type { AuthToken } from '../connection/remote/token-source.js';
import { readTenantMarker } from '../connection/tenant-marker.js';
import { createTursoDriver } from '../driver/create-turso-driver.js';
import { parseTursoConfig } from '../driver/parse-turso-config.js';
import { claimDatabase } from '../local/claim-database.js';
import { createSqliteSchemaDiff } from '../migration/schema-diff-service.js';
import { DatabaseTokens } from './database-tokens.js';
import { type ExternalDatabases, externalTokens, withExternalDatabases } from './external-databases.js';

const PAUSE_MS = 200;

export interface RemoteDataPlaneOptions {
  readonly platform: ITursoPlatformService;
  /** Lifetime of the tokens of databases, in seconds. */
  readonly tokenLifetimeSeconds: number;
  /** Maximum time until a new database answers, in milliseconds. */
  readonly readyTimeoutMs: number;
  readonly tenantResolverStrategy?: TenantResolverStrategy | undefined;
  readonly lifecycle?: TenantDatabaseLifecycle | undefined;
  readonly driverCache?: DriverCacheLimits | undefined;
  /** Region of every database that the platform creates. Absent: it is not known, or requests choose it. */
  readonly region?: TenantRegion | undefined;
  /** Databases that the platform does not know. Absent: none. */
  readonly external?: ExternalDatabases | undefined;
}

/** A database that was just created is unknown to its server for some seconds; nothing was executed then. */
async function onceServed<T>(readyTimeoutMs: number, work: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + readyTimeoutMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const isUnknown = ObjectStackError.isInstance(error) && error.code === 'database_not_found';
      if (!isUnknown || performance.now() + PAUSE_MS > deadline) throw error;
      await pause(PAUSE_MS, undefined);
    }
  }
}

/** The data plane of a platform whose databases are reached over HTTP, with a token for each. */
export function remoteDataPlane(options: RemoteDataPlaneOptions): DataPlane {
  const {
    platform,
    tokenLifetimeSeconds,
    readyTimeoutMs,
    external,
    tenantResolverStrategy,
    lifecycle,
    driverCache,
    region,
  } = options;
  const ownTokens = new DatabaseTokens(platform, tokenLifetimeSeconds);
  const otherTokens =
    external && new DatabaseTokens(externalTokens(platform, external), tokenLifetimeSeconds);
  const tokensOf = ({ databaseName, url }: TenantConnectionConfig) =>
    otherTokens && external?.urlOf(databaseName) === url ? otherTokens : ownTokens;
  /** The token of the connection if it has one, otherwise one that is minted when it is needed. */
  const tokenFor = (connection: TenantConnectionConfig): AuthToken => {
    const { databaseName, authToken } = connection;
    if (authToken !== undefined) return authToken;
    const tokens = tokensOf(connection);
    let last: string | undefined;
    return async ({ reason }) => {
      const minted = await tokens.tokenOf(databaseName, reason === 'refused' ? last : undefined);
      last = minted.token;
      return minted;
    };
  };
  const open = (connection: TenantConnectionConfig): Connection =>
    openConnection(parseTursoConfig({ url: connection.url }), { authToken: tokenFor(connection) });
  const isServed = async (connection: TenantConnectionConfig): Promise<boolean> => {
    try {
      await open(connection).execute({ sql: 'SELECT 1', args: [] });
      return true;
    } catch (error) {
      if (!ObjectStackError.isInstance(error, 'database_not_found')) throw error;
      return false;
    }
  };
  return {
    databaseProvider: 'turso',
    dialect: 'sqlite',
    ...(tenantResolverStrategy && { tenantResolverStrategy }),
    ...(lifecycle && { lifecycle }),
    ...(driverCache && { driverCache }),
    ...(region && { region }),
    platform: external ? withExternalDatabases(platform, external, isServed) : platform,
    schemaDiff: createSqliteSchemaDiff(),
    createDriver(connection, { quotas, acceptsUnclaimed = false } = {}) {
      const { url, tenantId: expectedTenantId } = connection;
      return createTursoDriver(
        { url },
        {
          requireClaimed: !acceptsUnclaimed,
          create: false,
          authToken: tokenFor(connection),
          ...(quotas && { quotas }),
          ...(expectedTenantId !== undefined && { expectedTenantId }),
        },
      );
    },
    claimDatabase: (connection, tenantId, claim) =>
      onceServed(readyTimeoutMs, () => claimDatabase(open(connection), tenantId, claim)),
    readTenantMarker: (connection): Promise<TenantMarker | null> => {
      const database = open(connection);
      return readTenantMarker((statement) => database.execute(statement));
    },
    async close() {
      ownTokens.clear();
      otherTokens?.clear();
    },
  };
}
