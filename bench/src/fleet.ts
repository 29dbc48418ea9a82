import type { Runtime } from '@objectstack/runtime';
import { defineBundle } from '@objectstack/spec/system';

const FIELDS = { name: { type: 'text' }, email: { type: 'email' } } as const;

const FIRST = defineBundle({
  manifest: { version: '1.0.0' },
  objects: [{ name: 'account', fields: FIELDS }],
});

/** One added field with an index. */
const SECOND = defineBundle({
  manifest: { version: '2.0.0' },
  objects: [{ name: 'account', fields: { ...FIELDS, rating: { type: 'number', index: true } } }],
});

/** Tenants that are migrated at the same time. */
export const CONCURRENCY = 8;

/** Number of tenants of a fleet, which a quick run may reduce. */
export const FLEET_TENANTS = Number(process.env.OBJECTSTACK_BENCH_TENANTS ?? 1_000);

/** Creates the tenants of a fleet, which run the first of two releases. */
export async function createFleet(os: Runtime, tenants: number): Promise<void> {
  await os.fleet.createRelease(FIRST, { name: '1' });
  await os.fleet.createRelease(SECOND, { name: '2' });
  await os.fleet.setChannel('stable', '1');
  for (let tenant = 0; tenant < tenants; tenant++)
    await os.provisioning.provisionTenant({ orgId: `org-${tenant}` });
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Rolls the second release out, and throws unless every tenant has it. */
export async function rollOut({ fleet }: Runtime, rolloutId: string, tenants: number): Promise<void> {
  await fleet.startRollout(rolloutId, { concurrency: CONCURRENCY });
  const { progress } = await fleet.waitForRollout(rolloutId);
  if (progress.states.deployed !== tenants) throw new Error('The rollout did not reach every tenant.');
}

/** Runs work for each item with the concurrency of the rollout. */
export async function concurrently<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<unknown>,
): Promise<void> {
  const rest = [...items];
  const run = async () => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, run));
}
