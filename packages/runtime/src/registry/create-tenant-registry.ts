import type { ITenantRegistry, SqlDatabase } from '@objectstack/spec/contracts';
import { Kysely } from 'kysely';
import { controlDialect } from './control-dialect.js';
import { registryOn } from './registry-on.js';
import type { RegistryTables } from './registry-tables.js';

/** Tenant registry on a SQLite-compatible database. Owns the database and closes it. */
export function createTenantRegistry(database: SqlDatabase): ITenantRegistry {
  const db = new Kysely<RegistryTables>({ dialect: controlDialect(database) });
  return registryOn(db, () => database.close());
}
