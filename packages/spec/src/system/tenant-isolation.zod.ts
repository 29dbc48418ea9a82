import * as z from 'zod';

export const TenantIsolationLevel = z
  .enum(['shared_schema', 'isolated_schema', 'isolated_db'])
  .describe('How tenants are kept apart. Only isolated_db is implemented.');
export type TenantIsolationLevel = z.infer<typeof TenantIsolationLevel>;

export const DatabaseProviderEnum = z
  .enum(['turso', 'postgres', 'memory'])
  .describe('What serves the database.');
export type DatabaseProvider = z.infer<typeof DatabaseProviderEnum>;
