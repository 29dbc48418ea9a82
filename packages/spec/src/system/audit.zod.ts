import * as z from 'zod';
import { NextCursorSchema } from '../shared/page.zod.js';

const NonEmpty = z.string().min(1);
const Instant = z.iso.datetime();
const Text = z.string();

export const AuditActionEnum = z
  .enum([
    'create_tenant',
    'change_tenant_status',
    'change_tenant_plan',
    'change_tenant_names',
    'change_tenant_key',
    'change_tenant_quotas',
    'purge_tenant',
    'change_deployment',
    'change_tenant_database',
    'export_tenant',
    'create_backup',
    'delete_backup',
  ])
  .describe(
    'Change that an audit entry records. create_tenant: a tenant was requested, adopted, imported or cloned; change_tenant_status: its status changed; change_tenant_plan: its subscription plan changed; change_tenant_names: its slug or custom host names changed; change_tenant_quotas: its quotas that differ from those of its plan changed; change_tenant_key: the token of its database was encrypted with another key; purge_tenant: the data of a destroyed tenant was permanently deleted; change_deployment: a deployment or rollback started, or its status changed; change_tenant_database: a restore or a move replaced its database; export_tenant: an export began; create_backup, delete_backup: a backup was completed or its deletion began.',
  );
export type AuditAction = z.infer<typeof AuditActionEnum>;

export const AuditEntrySchema = z
  .object({
    sequence: z
      .int()
      .min(1)
      .describe('Position of the entry in the audit log. Later entries have higher numbers.'),
    at: Instant.describe('Timestamp of the change.'),
    tenantId: NonEmpty.describe('Unique identifier of the changed tenant.'),
    action: AuditActionEnum,
    deploymentId: NonEmpty.optional().describe(
      'Identifier of the changed deployment; for change_tenant_database by a restore, of the latest deployment that the restored database contains. Absent for other changes.',
    ),
    before: Text.optional().describe(
      'Status before the change; the subscription plan for change_tenant_plan, the slug and the host names separated by spaces for change_tenant_names, the quotas as JSON for change_tenant_quotas, the identifier of the key for change_tenant_key, the name of the database for change_tenant_database, and the identifier of the backup for delete_backup. Absent for a new tenant or deployment.',
    ),
    after: Text.optional().describe(
      'New value of what `before` contains: the status after the change, or the plan, the names, the quotas, the key or the database; for create_backup, the identifier of the backup. Absent for purge_tenant, export_tenant and delete_backup.',
    ),
    actor: Text.optional().describe(
      'Identifier of the user who requested the change: the option `actor` of the call. Absent for changes by the control plane itself, or if none was given.',
    ),
    requestId: Text.optional().describe(
      "Identifier of the caller's request: the option `requestId` of the call. Absent if none was given.",
    ),
  })
  .describe('Entry of the audit log. Never changed or deleted.');
export type AuditEntry = z.infer<typeof AuditEntrySchema>;

export const AuditPageSchema = z
  .object({
    items: z.array(AuditEntrySchema).describe('List of entries, latest first.'),
    nextCursor: NextCursorSchema,
  })
  .describe("Page of a tenant's audit log.");
export type AuditPage = z.infer<typeof AuditPageSchema>;
