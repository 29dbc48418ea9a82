import type { RolloutCanary } from '@objectstack/spec/system';
import type { Kysely } from 'kysely';
import type { RegistryTables } from '../registry-tables.js';

type Database = Kysely<RegistryTables>;

const TABLE = '_os_control_rollout_tenant';

/** A query of the tenants of a rollout that are in no wave yet. */
export const tenantsWithoutWave = (db: Database, rolloutId: string) =>
  db
    .selectFrom(TABLE)
    .select('tenant_id')
    .where('rollout_id', '=', rolloutId)
    .where('state', '=', 'pending')
    .where('wave', 'is', null);

/**
 * Ids of the tenants that a rollout migrates first: those that the strategy names, or some for each distinct plan. Tenants
 * with records come first: a migration that succeeds on empty tables proves nothing.
 */
export async function chooseCanary(
  db: Database,
  rolloutId: string,
  canary: RolloutCanary | null,
): Promise<string[]> {
  if (!canary) return [];
  if ('tenantIds' in canary) return canary.tenantIds;
  // Plans for the same schema have the same statements, also if they differ in the settings of apps.
  const bases = await tenantsWithoutWave(db, rolloutId)
    .clearSelect()
    .select('base_schema_hash')
    .distinct()
    .execute();
  const chosen: string[] = [];
  for (const { base_schema_hash: base } of bases) {
    const rows = await tenantsWithoutWave(db, rolloutId)
      .where('base_schema_hash', base === null ? 'is' : '=', base)
      .orderBy('has_records', 'desc')
      .orderBy('position')
      .limit(canary.tenantsPerPlan)
      .execute();
    chosen.push(...rows.map(({ tenant_id }) => tenant_id));
  }
  return chosen;
}
