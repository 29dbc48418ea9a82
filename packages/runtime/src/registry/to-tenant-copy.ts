import type { TenantCopy } from '@objectstack/spec/contracts';
import * as z from 'zod';
import { parseRow } from './parse-row.js';
import type { CopyRow } from './registry-tables.js';

const TenantCopySchema = z.object({
  id: z.string().min(1),
  tenantId: z.string().min(1),
  databaseName: z.string().min(1),
  kind: z.enum(['requested', 'final', 'replaced', 'staging', 'export']),
  status: z.enum(['creating', 'ready', 'deleting']),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
});

export function toTenantCopy(row: CopyRow): TenantCopy {
  const { tenant_id, database_name, created_at, expires_at, ...same } = row;
  return parseRow(TenantCopySchema, 'copy', {
    ...same,
    tenantId: tenant_id,
    databaseName: database_name,
    createdAt: created_at,
    expiresAt: expires_at,
  });
}

export function toCopyRow({ tenantId, databaseName, createdAt, expiresAt, ...same }: TenantCopy): CopyRow {
  const { id, kind, status } = same;
  return {
    id,
    tenant_id: tenantId,
    database_name: databaseName,
    kind,
    status,
    created_at: createdAt,
    expires_at: expiresAt,
  };
}
