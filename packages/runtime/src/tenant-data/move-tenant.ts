import type { CallOptions, IDataDriver } from '@objectstack/spec/contracts';
import { ObjectStackError, TenantRegionSchema, throwIfAborted } from '@objectstack/spec/shared';
import type { DatabaseReplacement } from '@objectstack/spec/system';
import * as z from 'zod';
import { openConnection } from '../router/open-connection.js';
import { createTenantId } from '../shared/create-tenant-id.js';
import { originOf } from '../shared/origin-of.js';
import { parseInput } from '../shared/parse-input.js';
import { withDriver } from './copied-database.js';
import { copyTables } from './copy-tables.js';
import { emptyDatabase } from './empty-database.js';
import {
  blockWrites,
  endFence,
  type Fence,
  keepsChanging,
  type NewDatabase,
  switchFenced,
} from './replace-database.js';
import { whileStaging } from './staged-copy.js';
import { checksumsOf, differingTables } from './table-checksums.js';
import type { TenantDataContext } from './tenant-data-context.js';
import { tenantInService } from './tenant-in-service.js';
import { WriteBlock } from './write-block.js';

const TenantPlaceSchema = z
  .strictObject({ region: TenantRegionSchema.optional(), dataPlane: z.string().optional() })
  .refine((place) => Object.keys(place).length > 0, { error: 'Name a region or a data plane' });

function assertDataPlane(
  { dataPlane: { dataPlanes = [] } }: TenantDataContext,
  name: string | undefined,
): void {
  if (name === undefined || dataPlanes.includes(name)) return;
  const message =
    dataPlanes.length > 0
      ? `must be ${dataPlanes.join(' or ')}`
      : 'must be omitted: the runtime has one data plane';
  throw new ObjectStackError({
    code: 'invalid_request',
    message: `Cannot move the tenant: dataPlane ${message}.`,
    details: { issues: [{ path: '/dataPlane', code: 'invalid_value', message }] },
  });
}

interface Move {
  readonly fence: Fence;
  readonly database: NewDatabase;
  readonly options: CallOptions;
}

/** Waits until the write transactions that were open when writes were blocked have ended. */
async function awaitWriters(source: IDataDriver): Promise<void> {
  try {
    await source.rollback(await source.beginTransaction());
  } catch (error) {
    // A provider may refuse this transaction too; then the comparison after the copy shows whether one was committed.
    if (!ObjectStackError.isInstance(error, 'database_blocked')) throw error;
  }
}

/** Copies the rows, and compares both databases afterwards. */
async function copyRows(
  drivers: { source: IDataDriver; target: IDataDriver },
  signal: AbortSignal | undefined,
): Promise<void> {
  await awaitWriters(drivers.source);
  await copyTables(drivers, signal);
  const [before, after] = [
    await checksumsOf(drivers.source, signal),
    await checksumsOf(drivers.target, signal),
  ];
  if (differingTables(before, after).length === 0) return;
  throw new ObjectStackError({
    code: 'database_busy',
    message: 'Rows of the tenant changed while they were copied. Nothing was moved. Repeat the call.',
  });
}

async function moveFenced(
  context: TenantDataContext,
  { fence, database, options }: Move,
): Promise<DatabaseReplacement> {
  const { id: tenantId, connectionConfig } = fence.record.tenant;
  if (!connectionConfig) throw keepsChanging();
  const held = new WriteBlock(context, fence);
  try {
    const opened = await openConnection(connectionConfig, tenantId, context.sealer);
    await withDriver(context, { ...opened, tenantId }, (source) =>
      withDriver(context, { ...database.connection, tenantId }, (target) =>
        copyRows({ source, target }, options.signal),
      ),
    );
    const current = await held.release();
    const replacement = current && (await switchFenced(context, current, { database, options }));
    if (replacement) return replacement;
    throw keepsChanging();
  } catch (error) {
    await held.release();
    await endFence(context, tenantId);
    throw error;
  }
}

/** See {@link ITenantDataService.moveTenant}. */
export async function moveTenant(
  context: TenantDataContext,
  { tenantId, place }: { tenantId: string; place: unknown },
  options: CallOptions,
): Promise<DatabaseReplacement> {
  const { region, dataPlane } = parseInput(TenantPlaceSchema, place, 'place');
  assertDataPlane(context, dataPlane);
  await tenantInService(context.registry, tenantId);
  throwIfAborted(options.signal);
  const by = originOf(context, options);
  const staged = { tenantId, kind: 'staging', databaseName: `m-${createTenantId()}`, by } as const;
  return whileStaging(context, staged, async (copy) => {
    const database = { name: copy.databaseName, tenantId, region: region ?? null, dataPlane };
    const connection = await emptyDatabase(context, database, options);
    const fence = await blockWrites(context, tenantId, options);
    if (!fence) throw keepsChanging();
    const placed = { ...(region && { region: context.dataPlane.region ?? region }) };
    return moveFenced(context, { fence, database: { copy, connection, ...placed }, options });
  });
}
