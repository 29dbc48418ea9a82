import type { RolloutTenantChange, RolloutTenantRecord } from '@objectstack/spec/contracts';
import type { RolloutProgress, RolloutTenantState } from '@objectstack/spec/system';
import { RolloutProgressSchema } from '@objectstack/spec/system';
import type { Kysely } from 'kysely';
import { lockedRow } from '../is-postgres.js';
import { parseRow } from '../parse-row.js';
import { REGISTRY_COLUMNS } from '../registry-columns.js';
import type { RegistryTables } from '../registry-tables.js';
import { type PlacedTenant, toRolloutTenant, toRolloutTenantRow } from './fleet-rows.js';
import type { RolloutTenantRow } from './fleet-tables.js';

type Database = Kysely<RegistryTables>;

/** Rows of one statement; PostgreSQL and SQLite limit the number of bound values. */
const ROWS_OF_A_STATEMENT = 200;

/** Must be called in a transaction. */
export async function addRolloutTenants(
  db: Database,
  rolloutId: string,
  tenants: readonly RolloutTenantRecord[],
): Promise<void> {
  const last = await db
    .selectFrom('_os_control_rollout_tenant')
    .select((eb) => eb.fn.max('position').as('position'))
    .where('rollout_id', '=', rolloutId)
    .executeTakeFirst();
  const first = last?.position === null || last?.position === undefined ? 0 : Number(last.position) + 1;
  const rows = tenants.map((tenant, index) => toRolloutTenantRow(rolloutId, first + index, tenant));
  for (let start = 0; start < rows.length; start += ROWS_OF_A_STATEMENT)
    await db
      .insertInto('_os_control_rollout_tenant')
      .values(rows.slice(start, start + ROWS_OF_A_STATEMENT))
      .execute();
}

interface TenantsQuery {
  readonly states?: readonly RolloutTenantState[];
  readonly wave?: number;
  readonly after?: number;
  readonly descending?: boolean;
  readonly accessed?: boolean;
  readonly limit: number;
}

export async function listRolloutTenants(
  db: Database,
  rolloutId: string,
  { states, wave, after, descending = false, accessed = false, limit }: TenantsQuery,
): Promise<PlacedTenant[]> {
  let query = db
    .selectFrom('_os_control_rollout_tenant')
    .select(REGISTRY_COLUMNS._os_control_rollout_tenant)
    .where('rollout_id', '=', rolloutId);
  if (states) query = query.where('state', 'in', [...states]);
  if (wave !== undefined) query = query.where('wave', '=', wave);
  if (accessed) query = query.where('accessed_at', 'is not', null);
  if (after !== undefined) query = query.where('position', descending ? '<' : '>', after);
  const rows = await query
    .orderBy('position', descending ? 'desc' : 'asc')
    .limit(limit)
    .execute();
  return rows.map(toRolloutTenant);
}

function changedColumns(change: RolloutTenantChange): Partial<RolloutTenantRow> {
  const { state, baseSchemaHash, baseDeploymentId, planHash, deploymentId, durationMs, problem } = change;
  return {
    ...(state && { state }),
    ...(baseSchemaHash !== undefined && { base_schema_hash: baseSchemaHash }),
    ...(baseDeploymentId !== undefined && { base_deployment_id: baseDeploymentId }),
    ...(planHash !== undefined && { plan_hash: planHash }),
    ...(deploymentId !== undefined && { deployment_id: deploymentId }),
    ...(durationMs !== undefined && { duration_ms: durationMs }),
    ...(problem !== undefined && {
      error_code: problem?.code ?? null,
      problem: problem ? JSON.stringify(problem) : null,
    }),
  };
}

/** Tenants that were deployed to while the rollout was aborted keep its release, like those before them. */
async function keepDesired(
  db: Database,
  desired_release: string,
  changes: readonly RolloutTenantChange[],
): Promise<void> {
  const kept = changes.filter(({ state }) => state === 'deployed' || state === 'unchanged');
  if (kept.length === 0) return;
  await db
    .updateTable('_os_control_tenant_release')
    .set({ desired_release })
    .where(
      'tenant_id',
      'in',
      kept.map(({ tenantId }) => tenantId),
    )
    .execute();
}

/** Must be called in a transaction: the row of the rollout is locked, so that its lease is not taken over meanwhile. */
export async function saveRolloutTenants(
  db: Database,
  rolloutId: string,
  { changes, lease }: { changes: readonly RolloutTenantChange[]; lease: number },
): Promise<boolean> {
  const query = db
    .selectFrom('_os_control_rollout')
    .select(['lease_token', 'status', 'release_name'])
    .where('id', '=', rolloutId);
  const held = await lockedRow(db, query).executeTakeFirst();
  if (!held || Number(held.lease_token) !== lease) return false;
  for (const change of changes)
    await db
      .updateTable('_os_control_rollout_tenant')
      .set(changedColumns(change))
      .where('rollout_id', '=', rolloutId)
      .where('tenant_id', '=', change.tenantId)
      .execute();
  if (held.status === 'aborted') await keepDesired(db, held.release_name, changes);
  return true;
}

const UNDEPLOYED: readonly RolloutTenantState[] = ['refused', 'failed'];

export async function countRolloutTenants(db: Database, rolloutId: string): Promise<RolloutProgress> {
  const rows = await db
    .selectFrom('_os_control_rollout_tenant')
    .select((eb) => ['state', 'wave', 'error_code', eb.fn.countAll().as('tenants')])
    .where('rollout_id', '=', rolloutId)
    .groupBy(['state', 'wave', 'error_code'])
    .execute();
  const states: Record<string, number> = {};
  const failures: Record<string, number> = {};
  const waves = new Map<number, { wave: number; tenants: number; pending: number }>();
  for (const { state, wave, error_code, tenants } of rows) {
    const count = Number(tenants);
    states[state] = (states[state] ?? 0) + count;
    if (error_code !== null && UNDEPLOYED.includes(state))
      failures[error_code] = (failures[error_code] ?? 0) + count;
    if (wave === null) continue;
    const of = waves.get(Number(wave)) ?? { wave: Number(wave), tenants: 0, pending: 0 };
    of.tenants += count;
    if (state === 'pending') of.pending += count;
    waves.set(of.wave, of);
  }
  const inOrder = [...waves.values()].sort((one, other) => one.wave - other.wave);
  return parseRow(RolloutProgressSchema, 'rollout_tenant', { states, failures, waves: inOrder });
}

export async function averageDurations(
  db: Database,
  planHashes: readonly string[],
): Promise<Record<string, number>> {
  if (planHashes.length === 0) return {};
  const rows = await db
    .selectFrom('_os_control_rollout_tenant')
    .select((eb) => ['plan_hash', eb.fn.avg('duration_ms').as('average')])
    .where('plan_hash', 'in', [...planHashes])
    .where('state', '=', 'deployed')
    .where('duration_ms', 'is not', null)
    .groupBy('plan_hash')
    .execute();
  return Object.fromEntries(rows.map(({ plan_hash, average }) => [plan_hash ?? '', Number(average)]));
}
