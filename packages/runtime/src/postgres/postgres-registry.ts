import type { ITenantRegistry } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { Kysely, PostgresDialect } from 'kysely';
import { registryOn } from '../registry/registry-on.js';
import type { RegistryTables } from '../registry/registry-tables.js';
import { guardedPool } from './guarded-pool.js';
import { type PostgresOptions, poolSourceOf } from './pool-source.js';

export type PostgresRegistryOptions = PostgresOptions;

const runtimeClosed = () =>
  new ObjectStackError({ code: 'runtime_closed', message: 'The registry is closed. Create a new one.' });

/**
 * Tenant registry on PostgreSQL 14 or newer. Holds no state in a session and names no prepared statement, so that a pooler
 * in transaction mode can be in front of the server. Throws `configuration_incomplete` and `configuration_invalid`;
 * `initialize` rejects with the latter if the server rejects the user, password or database. Every method may reject with
 * `database_unreachable` and `request_timeout`, and with `runtime_closed` after `close`.
 */
export function postgresRegistry(options: PostgresRegistryOptions): ITenantRegistry {
  const { open, close } = poolSourceOf('postgresRegistry', options);
  let closing: Promise<void> | undefined;
  const pool = guardedPool(async () => {
    if (closing) throw runtimeClosed();
    return open();
  });
  const db = new Kysely<RegistryTables>({ dialect: new PostgresDialect({ pool }) });
  return registryOn(db, () => {
    closing ??= close();
    return closing;
  });
}
