import type { RolloutStart } from '@objectstack/spec/contracts';
import type { Kysely } from 'kysely';
import type { RegistryTables } from '../registry-tables.js';
import { chooseCanary, tenantsWithoutWave } from './choose-canary.js';

type Database = Kysely<RegistryTables>;

const TABLE = '_os_control_rollout_tenant';

/** Gives each pending tenant of a rollout its wave: 0 for the canary, then 1, 2, …; the last one takes the rest. */
export async function assignWaves(
  db: Database,
  rolloutId: string,
  { strategy: { canary }, waves = [] }: RolloutStart,
): Promise<void> {
  const chosen = await chooseCanary(db, rolloutId, canary);
  for (let start = 0; start < chosen.length; start += 500)
    await db
      .updateTable(TABLE)
      .set({ wave: 0 })
      .where('rollout_id', '=', rolloutId)
      .where('tenant_id', 'in', chosen.slice(start, start + 500))
      .execute();
  const sizes = [...waves, null];
  for (const [index, size] of sizes.entries()) {
    const rest = tenantsWithoutWave(db, rolloutId).orderBy('position');
    await db
      .updateTable(TABLE)
      .set({ wave: index + 1 })
      .where('rollout_id', '=', rolloutId)
      .where('tenant_id', 'in', size === null ? rest : rest.limit(size))
      .execute();
  }
}
