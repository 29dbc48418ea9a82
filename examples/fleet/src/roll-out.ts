import type { Runtime } from '@objectstack/runtime';
import { formatRollout, type Rollout } from '@objectstack/spec/system';
import { VERSION_2 } from './releases.js';

type Print = (line: string) => void;

const countsOf = ({ status, progress }: Rollout) => `${status}: ${JSON.stringify(progress.states)}`;

/** Removes the records that prevent the release in the refused tenants. */
async function correct({ fleet, router }: Runtime, rolloutId: string): Promise<void> {
  const { items } = await fleet.listRolloutTenants(rolloutId, { state: 'refused' });
  for (const { tenantId, problem } of items) {
    const [, ...duplicates] = problem?.samples ?? [];
    await (await router.getTenantClient(tenantId)).bulkDelete('contact', duplicates);
  }
}

/** Rolls the second release out to all tenants, corrects what prevents it, and resumes. Returns the final rollout. */
export async function rollOut(os: Runtime, print: Print): Promise<Rollout> {
  const { fleet } = os;
  await fleet.createRelease(VERSION_2, { name: '2' });

  const plan = await fleet.planRollout('2');
  print(`${plan.tenants} tenants, ${plan.groups.length} plan(s), ${plan.refusedTenants} refused`);
  for (const { code, object, tenants } of plan.refusals) print(`${code} in ${object}: ${tenants} tenants`);

  await fleet.startRollout(plan, {
    canary: { tenantsPerPlan: 2 },
    waves: [{ percent: 10 }],
    concurrency: 16,
    errorBudget: { tenants: plan.refusedTenants },
  });
  print(countsOf(await fleet.waitForRollout(plan.rolloutId)));

  await correct(os, plan.rolloutId);
  await fleet.resumeRollout(plan.rolloutId);
  const ended = await fleet.waitForRollout(plan.rolloutId);
  print(countsOf(ended));

  await fleet.setChannel('stable', '2');
  const { rows } = await fleet.aggregate({}, 'contact', {
    aggregations: [{ function: 'count', alias: 'contacts' }],
  });
  print(`${rows[0]?.contacts} contacts in all tenants`);
  print(formatRollout(ended));
  return ended;
}
