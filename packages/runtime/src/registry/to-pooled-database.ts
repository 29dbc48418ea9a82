import type { PooledDatabase, TenantRecord } from '@objectstack/spec/contracts';
import { ChecksumSchema, ConnectionUrlSchema, TenantRegionSchema } from '@objectstack/spec/shared';
import * as z from 'zod';
import { parseRow } from './parse-row.js';
import type { PoolRow } from './registry-tables.js';

const PooledDatabaseSchema = z.object({
  tenantId: z.string().min(1),
  databaseName: z.string().min(1),
  poolKey: ChecksumSchema,
  region: TenantRegionSchema.nullable(),
  templateDatabase: z.string().min(1).nullable(),
  status: z.enum(['preparing', 'ready', 'deleting']),
  url: z.string().min(1).nullable(),
  owner: z.string().min(1),
  usedAt: z.iso.datetime(),
});

export function toPooledDatabase(row: PoolRow): PooledDatabase {
  const { tenant_id, database_name, pool_key, template_database, used_at, ...same } = row;
  return parseRow(PooledDatabaseSchema, 'pool', {
    ...same,
    tenantId: tenant_id,
    databaseName: database_name,
    poolKey: pool_key,
    templateDatabase: template_database,
    usedAt: used_at,
  });
}

const WrittenUrlSchema = ConnectionUrlSchema.nullable();

/** A URL to write, validated because it becomes that of a tenant: it must not contain credentials. */
export const pooledUrl = (url: string | null): string | null => parseRow(WrittenUrlSchema, 'pool', url);

/** Throws `database_invalid` for a record that could not be read. */
export function toPoolRow(record: PooledDatabase): PoolRow {
  const { tenantId, databaseName, poolKey, templateDatabase, usedAt, region, status, url, owner } = parseRow(
    PooledDatabaseSchema,
    'pool',
    record,
  );
  return {
    tenant_id: tenantId,
    database_name: databaseName,
    pool_key: poolKey,
    template_database: templateDatabase,
    used_at: usedAt,
    region,
    status,
    url: pooledUrl(url),
    owner,
  };
}

type DatabaseColumns = Pick<PoolRow, 'tenant_id' | 'database_name' | 'region' | 'template_database' | 'url'>;

/** The record of a tenant with the database of a row. */
export const withPooledDatabase = (record: TenantRecord, row: DatabaseColumns): TenantRecord => ({
  ...record,
  tenant: {
    ...record.tenant,
    id: row.tenant_id,
    connectionConfig: { url: row.url ?? '', databaseName: row.database_name },
  },
  databaseName: row.database_name,
  requestedRegion: row.region,
  templateDatabase: row.template_database,
});
