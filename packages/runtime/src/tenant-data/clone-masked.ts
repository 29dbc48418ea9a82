import type { CallOptions, TenantCopy } from '@objectstack/spec/contracts';
import type { TenantConnectionConfig, TenantCopyResult } from '@objectstack/spec/system';
import { recordMasks } from '../masking/record-masks.js';
import { ArchiveReader } from './archive-reader.js';
import { withDriver } from './copied-database.js';
import { archiveLinesOf } from './export-tenant.js';
import { importAsTenant } from './import-tenant.js';
import type { NewTenant } from './new-tenant.js';
import { prepareImport } from './prepare-import.js';
import type { TenantDataContext } from './tenant-data-context.js';

interface MaskedClone {
  readonly asked: NewTenant;
  /** Connection to a copy of the original, which no other process writes to. */
  readonly snapshot: TenantConnectionConfig & { readonly tenantId: string };
  readonly copy: TenantCopy;
}

/**
 * Creates a tenant from a copy of another one, as an import from its archive does, and masks each record before it is written.
 * No page of the new database, and no retained data, index or history, has ever contained an original value.
 */
export function cloneMasked(
  context: TenantDataContext,
  { asked, snapshot, copy }: MaskedClone,
  options: CallOptions,
): Promise<TenantCopyResult> {
  const { signal } = options;
  const { tenantId } = snapshot;
  return withDriver(context, snapshot, async (driver) => {
    const reader = new ArchiveReader(
      archiveLinesOf(context, driver, { tenantId, exportedAt: copy.createdAt, signal }),
    );
    try {
      const manifest = await reader.manifest();
      const bundle = await reader.bundle(manifest);
      const quotas = context.planQuotas[asked.request.plan];
      const prepared = await prepareImport(context, { manifest, bundle }, { quotas, signal });
      const masks = recordMasks(prepared?.bundle.objects ?? []);
      const result = await importAsTenant(context, { asked, reader, prepared, manifest, masks }, options);
      const maskedFields = [...masks].flatMap(([object, fields]) =>
        [...fields.keys()].map((field) => ({ object, field })),
      );
      return result.created ? { ...result, maskedFields } : result;
    } finally {
      await reader.close();
    }
  });
}
