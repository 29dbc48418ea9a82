import { join } from 'node:path';
import type { TenantRegistrySuiteOptions } from '@objectstack/conformance';
import { openLocalDatabase } from '@objectstack/driver-turso';
import type { ITenantRegistry } from '@objectstack/spec/contracts';
import type { SharedPostgres } from '@objectstack/testing';
import { afterAll } from 'vitest';
import { postgresRegistry } from '../src/postgres/postgres-registry.js';
import { createTenantRegistry } from '../src/registry/create-tenant-registry.js';
import { controlFolder } from './control-folder.js';
import type { RegistrySchemas } from './reused-schemas.js';
import { type TransactionPooler, transactionPooler } from './transaction-pooler.js';

/** The conformance suite for registries on files, or for registries derived from them. */
export function fileRegistrySuite(
  change: (registry: ITenantRegistry) => ITenantRegistry = (registry) => registry,
  createFolder: () => Promise<string> = controlFolder,
): TenantRegistrySuiteOptions {
  return {
    name: 'on a file',
    create: async () => {
      const path = join(await createFolder(), 'control.db');
      const open = async () => change(createTenantRegistry(openLocalDatabase({ path })));
      return { registry: await open(), open };
    },
  };
}

/** The conformance suite for registries that reach PostgreSQL through a pooler in transaction mode. */
export function pooledRegistrySuite(
  server: Pick<SharedPostgres, 'createSchema'>,
): TenantRegistrySuiteOptions {
  const poolers = new Map<string, TransactionPooler>();
  afterAll(async () => {
    for (const pooler of poolers.values()) await pooler.end();
  });
  return {
    name: 'on PostgreSQL behind a pooler',
    create: async () => {
      const connectionString = await server.createSchema();
      const pool = poolers.get(connectionString) ?? transactionPooler(connectionString);
      poolers.set(connectionString, pool);
      const open = async () => postgresRegistry({ pool });
      return { registry: await open(), open };
    },
  };
}

/** The conformance suite for registries on a PostgreSQL server whose default isolation level is stricter. */
export function strictRegistrySuite(
  server: Pick<SharedPostgres, 'createSchema'>,
): TenantRegistrySuiteOptions {
  return {
    name: 'on PostgreSQL with the default isolation level repeatable read',
    create: async () => {
      const connectionString = await server.createSchema();
      const url = new URL(connectionString);
      const options = url.searchParams.get('options') ?? '';
      url.searchParams.set('options', `${options} -c default_transaction_isolation=repeatable\\ read`.trim());
      const open = async () => postgresRegistry({ connectionString: url.href, maxConnections: 4 });
      return { registry: await open(), open };
    },
  };
}

/** The conformance suite for registries on PostgreSQL, each in its own schema. */
export function postgresRegistrySuite(schemas: RegistrySchemas): TenantRegistrySuiteOptions {
  return {
    name: 'on PostgreSQL',
    create: async () => {
      const connectionString = await schemas.createSchema();
      const open = async () => schemas.openRegistry(connectionString);
      return { registry: await open(), open };
    },
  };
}
