import { ObjectStackError } from '@objectstack/spec/shared';
import type { PostgresPool } from './guarded-pool.js';
import { type OpenedPool, openPool } from './open-pool.js';

const MAX_CONNECTIONS = 10;

/** Where the connections to PostgreSQL come from. */
export type PostgresOptions =
  | {
      /** Connection URL: `postgresql://user:password@host:port/database`. PostgreSQL 14 or newer. */
      readonly connectionString: string;
      /** Maximum number of connections of this process. Absent: 10. */
      readonly maxConnections?: number;
    }
  | {
      /** Pool of the package `pg`. It remains open when the object that uses it is closed. */
      readonly pool: PostgresPool;
    };

const invalid = (setting: string, message: string) =>
  new ObjectStackError({ code: 'configuration_invalid', message, details: { settings: [setting] } });

/** Errors of the URL parser contain the URL with its password: none of them is passed on. */
function assertConnectionString(candidate: unknown): string {
  const isUrl = typeof candidate === 'string' && URL.canParse(candidate);
  if (isUrl && /^postgres(ql)?:$/.test(new URL(candidate).protocol)) return candidate;
  throw invalid(
    'connectionString',
    'connectionString must be a URL that starts with postgresql:// or postgres://.',
  );
}

function assertMaxConnections(candidate: unknown = MAX_CONNECTIONS): number {
  if (Number.isSafeInteger(candidate) && (candidate as number) > 0) return candidate as number;
  throw invalid('maxConnections', 'maxConnections must be a positive integer.');
}

function assertPool(candidate: unknown): PostgresPool {
  if (typeof (candidate as Partial<PostgresPool> | null)?.connect === 'function')
    return candidate as PostgresPool;
  throw invalid('pool', 'pool must be a Pool of the package pg.');
}

export interface PoolSource {
  readonly open: () => Promise<PostgresPool>;
  readonly close: () => Promise<void>;
}

/** The pool of a connection string, opened by the first statement and closed with its user. */
function ownPool(connectionString: string, maxConnections: number): PoolSource {
  let opened: Promise<OpenedPool> | undefined;
  return {
    open: () => {
      opened ??= openPool(connectionString, maxConnections);
      return opened;
    },
    close: async () => (await opened?.catch(() => undefined))?.end(),
  };
}

/** Throws `configuration_incomplete` and `configuration_invalid`. */
export function poolSourceOf(subject: string, options: PostgresOptions): PoolSource {
  const { connectionString, maxConnections, pool } = (options ?? {}) as {
    connectionString?: unknown;
    maxConnections?: unknown;
    pool?: unknown;
  };
  if ((connectionString === undefined) === (pool === undefined))
    throw new ObjectStackError({
      code: 'configuration_incomplete',
      message: `${subject} requires either connectionString or pool.`,
      details: { missing: ['connectionString'] },
    });
  if (pool === undefined)
    return ownPool(assertConnectionString(connectionString), assertMaxConnections(maxConnections));
  const given = assertPool(pool);
  return { open: async () => given, close: async () => undefined };
}
