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
      'Time for which the backup is retained, in days; null to never delete it. Defaults to `backupRetentionDays` of the runtime.',
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

export const RestoreSourceSchema = z
  .strictObject({
    backupId: NonEmpty.optional().describe(
      'Unique identifier of the backup to restore. Required if `at` is absent.',
    ),
    at: Instant.optional().describe(
      'Timestamp of the state to restore, in ISO 8601 and UTC. The restored data can be older by the gap of the data plane, up to 15 seconds on Turso Cloud, and contains no later writes.',
    ),
  })
  .refine(({ backupId, at }) => (backupId === undefined) !== (at === undefined), {
    path: ['at'],
    message: 'must be present if and only if backupId is absent',
  })
  .describe('Data that a restore gives to a tenant: a backup, or the state at a point in time.');
export type RestoreSource = z.infer<typeof RestoreSourceSchema>;

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
