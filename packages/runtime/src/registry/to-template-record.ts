import type { TemplateRecord } from '@objectstack/spec/contracts';
import { ChecksumSchema, TenantRegionSchema } from '@objectstack/spec/shared';
import * as z from 'zod';
import { parseRow } from './parse-row.js';
import type { TemplateRow } from './registry-tables.js';

const TemplateRecordSchema = z.object({
  databaseName: z.string().min(1),
  contentKey: ChecksumSchema.nullable(),
  region: TenantRegionSchema.nullable(),
  status: z.enum(['building', 'ready', 'deleting']),
  usedAt: z.iso.datetime(),
});

export function toTemplateRecord(row: TemplateRow): TemplateRecord {
  const { database_name: databaseName, content_key: contentKey, region, status, used_at: usedAt } = row;
  return parseRow(TemplateRecordSchema, 'template', { databaseName, contentKey, region, status, usedAt });
}

export function toTemplateRow(record: TemplateRecord): TemplateRow {
  const { databaseName: database_name, contentKey: content_key, region, status, usedAt: used_at } = record;
  return { database_name, content_key, region, status, used_at };
}
