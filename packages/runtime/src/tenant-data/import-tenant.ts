import type { ArchiveSource, CallOptions } from '@objectstack/spec/contracts';
import { TenantRegionSchema, throwIfAborted } from '@objectstack/spec/shared';
import {
  type TenantArchiveManifest,
  type TenantCopyResult,
  TenantImportRequestSchema,
} from '@objectstack/spec/system';
import type { PreparedBundle } from '../deploy/prepare-layers.js';
import type { RecordMasks } from '../masking/record-masks.js';
import { assertStorable } from '../provisioning/assert-storable.js';
import { createTenantId, databaseNameOf } from '../shared/create-tenant-id.js';
import { originOf } from '../shared/origin-of.js';
import { parseInput } from '../shared/parse-input.js';
import { ArchiveReader } from './archive-reader.js';
import { withDriver } from './copied-database.js';
import { deployImported } from './deploy-imported.js';
import { emptyDatabase } from './empty-database.js';
import { fieldsByObject, importCounters, importRecords } from './import-records.js';
import { addTenant, assertDataFits, earlierTenant, type NewTenant } from './new-tenant.js';
import { prepareImport } from './prepare-import.js';
import { whileStaging } from './staged-copy.js';
import { instantNow, type TenantDataContext } from './tenant-data-context.js';
import { verifyImport } from './verify-import.js';

/** The request without the default of its region, to tell whether the request names one. */
const GivenRequestSchema = TenantImportRequestSchema.extend({ region: TenantRegionSchema.optional() });

interface Import {
  readonly asked: NewTenant;
  readonly reader: ArchiveReader;
  readonly prepared: PreparedBundle | null;
  readonly manifest: TenantArchiveManifest;
  readonly masks?: RecordMasks;
}

/** Creates the tenant with the records of an archive whose manifest and bundle were read. */
export async function importAsTenant(
  context: TenantDataContext,
  { asked, reader, prepared, manifest, masks }: Import,
  options: CallOptions,
): Promise<TenantCopyResult> {
  const tenantId = createTenantId();
  const by = originOf(context, options);
  const staged = { tenantId, kind: 'staging', databaseName: databaseNameOf(tenantId), by } as const;
  return whileStaging(context, staged, async (copy) => {
    const place = { name: copy.databaseName, tenantId, region: asked.requestedRegion };
    const connection = await emptyDatabase(context, place, options);
    await withDriver(context, { ...connection, tenantId }, async (driver) => {
      const unwritten = new Set(manifest.unwrittenSeeds);
      if (prepared) await deployImported(context, { tenantId, driver }, { ...prepared, unwritten });
      const objects = fieldsByObject(prepared?.bundle.objects ?? []);
      const target = { driver, objects, now: instantNow(context), masks, signal: options.signal };
      const counts = await importRecords(target, reader);
      await importCounters(target, reader);
      await verifyImport(driver, counts, await reader.end());
      await assertDataFits(driver, context.planQuotas[asked.request.plan]);
    });
    throwIfAborted(options.signal);
    return addTenant(context, asked, { copyId: copy.id, tenantId, connection }, options);
  });
}

/** See {@link ITenantDataService.importTenant}. */
export async function importTenant(
  context: TenantDataContext,
  { archive, request: input }: { archive: ArchiveSource; request: unknown },
  options: CallOptions,
): Promise<TenantCopyResult> {
  const given = parseInput(GivenRequestSchema, input, 'request');
  const request = TenantImportRequestSchema.parse(given);
  assertStorable(request);
  const asked = { request, requestedRegion: given.region ?? null, source: 'archive' };
  const earlier = await earlierTenant(context, asked);
  if (earlier) return earlier;
  throwIfAborted(options.signal);
  const reader = new ArchiveReader(archive);
  try {
    const manifest = await reader.manifest();
    const bundle = await reader.bundle(manifest);
    const quotas = context.planQuotas[request.plan];
    const { signal } = options;
    const prepared = await prepareImport(context, { manifest, bundle }, { quotas, signal });
    return await importAsTenant(context, { asked, reader, prepared, manifest }, options);
  } finally {
    await reader.close();
  }
}
