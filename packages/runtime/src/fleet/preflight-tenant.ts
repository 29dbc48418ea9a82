import type { FleetTenant, RolloutTenantRecord } from '@objectstack/spec/contracts';
import { hasNoChanges, isDeployed, type MigrationPlan, planRecords } from '@objectstack/spec/system';
import { assertWithinQuota } from '../deploy/assert-within-quota.js';
import { previewReplace } from '../seed/replace-preview.js';
import type { FleetContext } from './fleet-context.js';
import { hasRecords } from './has-records.js';
import type { RolloutContent } from './rollout-content.js';
import { rolloutProblemOf, rolloutProblemOfFinding } from './rollout-problem-of.js';

/** What the preflight found in one tenant. */
export interface PreflightResult {
  readonly record: RolloutTenantRecord;
  /** The tenant's plan with its findings; absent if it has none. */
  readonly plan?: MigrationPlan;
  readonly isUpToDate?: boolean;
}

const EMPTY = {
  state: 'pending',
  wave: null,
  baseSchemaHash: null,
  planHash: null,
  baseDeploymentId: null,
  hasRecords: false,
} as const;

async function inspect(
  context: FleetContext,
  tenantId: string,
  content: RolloutContent,
): Promise<PreflightResult | null> {
  const { router, dataPlane, environment, registry } = context;
  const { schemaDiff } = dataPlane;
  const driver = await router.getTenantClient(tenantId);
  const current = await schemaDiff.introspect(driver);
  const base = {
    ...EMPTY,
    tenantId,
    baseSchemaHash: current.schemaHash,
    baseDeploymentId: current.deploymentId,
    hasRecords: await hasRecords(driver, current),
  };
  try {
    const release = await content.compose({ tenantId, driver, current });
    if (!release) return null;
    const { bundle, plan: shared } = release;
    const counted = shared.preflight.length > 0 ? await schemaDiff.runPreflight(driver, shared) : [];
    const ofSeeds = await previewReplace({ driver, bundle, current, environment, diff: shared.diff });
    await assertWithinQuota(registry, { tenantId, current, bundle }, environment);
    const plan = { ...shared, findings: [...counted, ...ofSeeds] };
    const record = { ...base, planHash: plan.planHash };
    const [blocking] = planRecords(plan).blocking;
    if (blocking)
      return {
        record: { ...record, state: 'refused', problem: rolloutProblemOfFinding(plan, blocking) },
        plan,
      };
    const isUpToDate = hasNoChanges(plan) && isDeployed(plan, await schemaDiff.readHistory(driver));
    return { record, plan, isUpToDate };
  } catch (error) {
    return { record: { ...base, state: 'refused', problem: rolloutProblemOf(error) } };
  }
}

/**
 * Plans the tenant and counts its records. Changes nothing. An error is the reason of a refusal. Null if the release does
 * not concern the tenant.
 */
export async function preflightTenant(
  context: FleetContext,
  { id: tenantId }: FleetTenant,
  content: RolloutContent,
): Promise<PreflightResult | null> {
  try {
    return await inspect(context, tenantId, content);
  } catch (error) {
    return { record: { ...EMPTY, tenantId, state: 'refused', problem: rolloutProblemOf(error) } };
  }
}
