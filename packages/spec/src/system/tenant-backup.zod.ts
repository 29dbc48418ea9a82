import * as z from 'zod';
import { NextCursorSchema } from '../shared/page.zod.js';

const NonEmpty = z.string().min(1);
const Instant = z.iso.datetime();

/** Upper bound of a retention, so that every timestamp of it can be represented. */
const MOST_RETENTION_DAYS = 36_500;

export const BackupRetentionDaysSchema = z
  .number()
  .min(0)
  .max(MOST_RETENTION_DAYS)
  .nullable()
  .describe('Time for which a backup is retained, in days; null if it is never deleted.');
export type BackupRetentionDays = z.infer<typeof BackupRetentionDaysSchema>;

export const BackupKindEnum = z
  .enum(['requested', 'final', 'replaced'])
  .describe(
    'Reason for a backup. requested: backupTenant was called; final: the backup was made before the data of a destroyed tenant was deleted; replaced: the backup is the database that a restore or a move replaced by another one.',
  );
export type BackupKind = z.infer<typeof BackupKindEnum>;

export const BackupRequestSchema = z
  .strictObject({
    retentionDays: BackupRetentionDaysSchema.optional().describe(
      'Time for which the backup is retained, in days; null if it is never deleted. Defaults to the retention that is configured in the runtime.',
    ),
  })
  .describe('Request for a backup of a tenant.');
export type BackupRequest = z.infer<typeof BackupRequestSchema>;

export const TenantBackupSchema = z
  .object({
    id: NonEmpty.describe('Unique identifier of the backup.'),
    tenantId: NonEmpty.describe('Unique identifier of the tenant whose data the backup contains.'),
    kind: BackupKindEnum,
    createdAt: Instant.describe(
      'Timestamp at which the backup was requested. The backup contains every write that was acknowledged before this time.',
    ),
    expiresAt: Instant.nullable().describe(
      'Timestamp after which the backup is deleted; null if it is never deleted.',
    ),
  })
  .describe('Backup of a tenant: a copy of its database on the same data plane.');
export type TenantBackup = z.infer<typeof TenantBackupSchema>;

export const TenantBackupPageSchema = z
  .object({
    items: z.array(TenantBackupSchema).describe('List of complete backups, latest first.'),
    nextCursor: NextCursorSchema,
  })
  .describe('Page of the backups of a tenant.');
export type TenantBackupPage = z.infer<typeof TenantBackupPageSchema>;

export const DatabaseReplacementSchema = z
  .object({
    tenantId: NonEmpty.describe('Unique identifier of the tenant.'),
    databaseName: NonEmpty.describe("Name of the tenant's new database."),
    replaced: TenantBackupSchema.describe(
      'Backup that consists of the previous database. It can be restored like any other backup until it expires.',
    ),
  })
  .describe('Result of a restore or a move: the tenant has another database.');
export type DatabaseReplacement = z.infer<typeof DatabaseReplacementSchema>;
