import type { CallOptions, TenantCopy, TenantRecord } from '@objectstack/spec/contracts';
import { throwIfAborted } from '@objectstack/spec/shared';
import {
  type TenantCloneRequest,
  TenantCloneRequestSchema,
  type TenantConnectionConfig,
  type TenantCopyResult,
} from '@objectstack/spec/system';
import { hasMaskingRules, recordMasks } from '../masking/record-masks.js';
import { assertStorable } from '../provisioning/assert-storable.js';
import { openConnection } from '../router/open-connection.js';
import { copyDeployments } from '../shared/copy-deployments.js';
import { createTenantId, databaseNameOf } from '../shared/create-tenant-id.js';
import { findTenantOrDestroyed } from '../shared/find-tenant.js';
import { originOf } from '../shared/origin-of.js';
import { parseInput } from '../shared/parse-input.js';
import { findBackup, orDeletedBackup } from './backup-tenant.js';
import { cloneMasked } from './clone-masked.js';
import { type CopiedDatabase, copiedDatabase, withDriver } from './copied-database.js';
import { addTenant, assertDataFits, earlierTenant, type NewTenant } from './new-tenant.js';
import { retainsMaskedValues } from './retains-masked-values.js';
import { StagedCopy } from './staged-copy.js';
import type { TenantDataContext } from './tenant-data-context.js';
import { tenantInService } from './tenant-in-service.js';

type Masking = TenantCloneRequest['masking'];

interface Clone {
  readonly asked: NewTenant;
  readonly masking: Masking;
  readonly original: string;
  /** Name of the database that is copied. */
  readonly source: string;
  /** Id of the backup whose database it is. */
  readonly backupId: string | undefined;
}

/** What is copied: the database of the tenant, or of one of its backups. */
async function sourceOf(
  context: TenantDataContext,
  { tenant, databaseName }: TenantRecord,
  backupId: string | undefined,
): Promise<string> {
  if (backupId !== undefined) return (await findBackup(context, tenant.id, backupId)).databaseName;
  await tenantInService(context.registry, tenant.id);
  return databaseName;
}

const definitionsIn = (
  context: TenantDataContext,
  connection: TenantConnectionConfig & { readonly tenantId: string },
) =>
  withDriver(context, connection, async (driver) => {
    const { objects } = await context.dataPlane.schemaDiff.introspect(driver);
    return objects.map(({ definition }) => definition);
  });

/** Whether the database has values that the rule of a field masks, or masked before a deployment removed the field. */
const hasMaskedValues = (
  context: TenantDataContext,
  connection: TenantConnectionConfig & { readonly tenantId: string },
) =>
  withDriver(context, connection, async (driver) => {
    const { objects, deploymentId } = await context.dataPlane.schemaDiff.introspect(driver);
    if (hasMaskingRules(objects.map(({ definition }) => definition))) return true;
    return deploymentId !== null && (await retainsMaskedValues(driver));
  });

/**
 * Rejects rules that cannot be applied before anything is copied. What cannot be read now, backups and suspended tenants, is
 * verified in its copy, and so are rules that are deployed meanwhile.
 */
async function assertMaskable(
  context: TenantDataContext,
  { tenant }: TenantRecord,
  { masking, backupId }: TenantCloneRequest,
): Promise<void> {
  const { id: tenantId, connectionConfig, provisioningStatus: status } = tenant;
  if (masking === 'none' || backupId !== undefined || status !== 'active' || !connectionConfig) return;
  const connection = await openConnection(connectionConfig, tenantId, context.sealer);
  recordMasks(await definitionsIn(context, { ...connection, tenantId }));
}

/** Makes the copy the database of the new tenant. */
async function adoptCopy(
  context: TenantDataContext,
  { asked, original }: Clone,
  { copy, connection }: { copy: TenantCopy; connection: CopiedDatabase['connection'] },
  options: CallOptions,
): Promise<TenantCopyResult> {
  const { dataPlane } = context;
  const { tenantId } = copy;
  await dataPlane.claimDatabase(connection, tenantId, { copyOf: original });
  const ids = await withDriver(context, { ...connection, tenantId }, async (driver) => {
    await assertDataFits(driver, context.planQuotas[asked.request.plan]);
    return new Set((await dataPlane.schemaDiff.readHistory(driver)).map(({ id }) => id));
  });
  throwIfAborted(options.signal);
  const deployments = await context.registry.listDeployments(original);
  await copyDeployments(context, { deployments, to: tenantId, ids }, originOf(context, options));
  return addTenant(context, asked, { copyId: copy.id, tenantId, connection }, options);
}

async function prepareClone(
  context: TenantDataContext,
  clone: Clone,
  options: CallOptions,
): Promise<TenantCopyResult> {
  const { original, source, masking, asked, backupId } = clone;
  const tenantId = createTenantId();
  const staged = { tenantId, kind: 'staging', databaseName: databaseNameOf(tenantId) } as const;
  const preparation = await StagedCopy.begin(context, staged, originOf(context, options));
  try {
    const { copy } = preparation;
    const { databaseName: name } = copy;
    const { connection } = await copiedDatabase(context, { name, source }, options).catch((error) =>
      orDeletedBackup(context, { tenantId: original, backupId }, error),
    );
    const snapshot = { ...connection, tenantId: original };
    if (masking !== 'none' && (await hasMaskedValues(context, snapshot))) {
      const result = await cloneMasked(context, { asked, snapshot, copy }, options);
      await preparation.discard();
      return result;
    }
    const result = await adoptCopy(context, clone, { copy, connection }, options);
    preparation.keep();
    return result;
  } catch (error) {
    await preparation.discard();
    throw error;
  }
}

/** See {@link ITenantDataService.cloneTenant}. */
export async function cloneTenant(
  context: TenantDataContext,
  { tenantId, request: input }: { tenantId: string; request: unknown },
  options: CallOptions,
): Promise<TenantCopyResult> {
  const cloneRequest = parseInput(TenantCloneRequestSchema, input, 'request');
  const { backupId, masking, ...given } = cloneRequest;
  assertStorable(given);
  const found = await findTenantOrDestroyed(context.registry, tenantId);
  const { id: original, organizationId, plan, region } = found.tenant;
  const request = { ...given, orgId: given.orgId ?? organizationId, plan: given.plan ?? plan, region };
  const asked: NewTenant = {
    request,
    requestedRegion: found.requestedRegion,
    source: JSON.stringify(['clone', original, backupId ?? null, ...(masking === 'none' ? [masking] : [])]),
  };
  const earlier = await earlierTenant(context, asked);
  if (earlier) return earlier;
  const source = await sourceOf(context, found, backupId);
  throwIfAborted(options.signal);
  await assertMaskable(context, found, cloneRequest);
  return prepareClone(context, { asked, masking, original, source, backupId }, options);
}
