import type { PooledDatabase, TenantRecord } from '@objectstack/spec/contracts';
import { throwIfAborted } from '@objectstack/spec/shared';
import { instantNow } from '../provisioning/provisioning-context.js';
import { provisioningSteps } from '../provisioning/provisioning-steps.js';
import { createTenantId, databaseNameOf } from '../shared/create-tenant-id.js';
import { knownDatabase } from '../shared/existing-database.js';
import type { PoolContext } from './pool-context.js';
import { retirePooledDatabase } from './retire-pooled-database.js';

type Pool = NonNullable<PoolContext['pool']>;

/** The record of the later tenant, as far as the steps that prepare its database read it. */
function draftOf(context: PoolContext, pooled: PooledDatabase): TenantRecord {
  return {
    tenant: {
      id: pooled.tenantId,
      organizationId: pooled.tenantId,
      isolationLevel: 'isolated_db',
      databaseProvider: context.dataPlane.databaseProvider,
      provisioningStatus: 'provisioning',
      plan: 'enterprise',
      region: context.dataPlane.region ?? pooled.region ?? 'us-east',
      quotas: {},
      createdAt: pooled.usedAt,
    },
    requestKey: null,
    requestFingerprint: '',
    databaseName: pooled.databaseName,
    requestedRegion: pooled.region,
    templateDatabase: pooled.templateDatabase,
    deadlineAt: null,
    destroyedAt: null,
  };
}

async function newEntry(
  context: PoolContext,
  { key, template, region: given }: Pool,
): Promise<PooledDatabase> {
  const { signal } = context.background;
  const region = given ?? null;
  const request = { plan: 'enterprise', region } as const;
  const templateDatabase =
    template === undefined ? null : await context.templates.prepare(template, request, { signal });
  const tenantId = createTenantId();
  return {
    tenantId,
    databaseName: databaseNameOf(tenantId),
    poolKey: key,
    region,
    templateDatabase,
    status: 'preparing',
    url: null,
    owner: context.owner,
    usedAt: instantNow(context),
  };
}

/** Runs the steps of a provisioning that need no tenant. */
async function runSteps(context: PoolContext, entry: PooledDatabase): Promise<string> {
  const { signal } = context.background;
  const draft = draftOf(context, entry);
  const database = knownDatabase(context.dataPlane, entry.databaseName);
  for (const step of provisioningSteps(draft)) {
    throwIfAborted(signal);
    await step.run(context, draft, { signal, database });
  }
  return (await database.connection()).url;
}

/**
 * Prepares a database for a later tenant: it is recorded before it is created, and contains the marker of the tenant
 * when it is ready. What a killed process has left is removed by a sweep.
 */
export async function preparePooledDatabase(context: PoolContext, pool: Pool): Promise<void> {
  const entry = await newEntry(context, pool);
  await context.registry.addPooledDatabase(entry);
  try {
    const url = await runSteps(context, entry);
    const change = { status: 'ready', url, usedAt: instantNow(context) } as const;
    if (await context.registry.changePooledDatabase(entry.tenantId, 'preparing', change)) return;
  } catch (error) {
    await retirePooledDatabase(context, entry, { isOver: true });
    throw error;
  }
  // A sweep considered this process ended; it may have deleted the database before the last effect.
  await retirePooledDatabase(context, { ...entry, status: 'deleting' }, { isOver: true });
}
