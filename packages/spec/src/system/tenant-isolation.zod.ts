import * as z from 'zod';

export const TenantIsolationLevel = z
  .enum(['shared_schema', 'isolated_schema', 'isolated_db'])
  .describe(
    'Isolation level of a tenant. shared_schema: tenants share tables; isolated_schema: one schema per tenant in a shared database; isolated_db: one database per tenant. Only isolated_db is implemented.',
  );
export type TenantIsolationLevel = z.infer<typeof TenantIsolationLevel>;

export const DatabaseProviderEnum = z
  .enum(['turso', 'postgres', 'memory'])
  .describe(
    'Database provider. turso: libSQL, in a local file, on a server or on Turso Cloud; postgres: PostgreSQL; memory: in memory.',
  );
export type DatabaseProvider = z.infer<typeof DatabaseProviderEnum>;
