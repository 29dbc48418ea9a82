import type { AbortOptions, DataPlane, ISchemaDiffService } from '@objectstack/spec/contracts';
import {
  type CurrentSchema,
  type DeployBundle,
  type MigrationPlan,
  TENANT_OWNER,
} from '@objectstack/spec/system';
import { bundleComponents } from './bundle-components.js';

export interface PlanRequest {
  readonly current: CurrentSchema;
  readonly bundle: DeployBundle;
  readonly checksum: string;
}

const MOST_HASHES = 1_000;

/** Hashes of the plans that this process made of a bundle; each covers the base of the plan and the bundle's checksum. */
const made = new WeakMap<ISchemaDiffService, Set<string>>();

function remember(schemaDiff: ISchemaDiffService, planHash: string): void {
  const hashes = made.get(schemaDiff) ?? new Set();
  if (hashes.size >= MOST_HASHES) hashes.clear();
  made.set(schemaDiff, hashes.add(planHash));
}

/** The plan that leads from a schema to a bundle. Deterministic. */
export async function makePlan(
  { schemaDiff }: DataPlane,
  { current, bundle, checksum }: PlanRequest,
  options: AbortOptions,
): Promise<MigrationPlan> {
  const components = bundleComponents(bundle);
  const plan = await schemaDiff.planMigrations(current, bundle.objects, {
    ...options,
    components,
    owner: TENANT_OWNER,
    bundle: { checksum, version: bundle.manifest.version },
  });
  remember(schemaDiff, plan.planHash);
  return plan;
}

/**
 * Whether a plan that was read, and whose base is `current`, is the one that leads from there to the bundle with its
 * checksum. It is generated again if this process did not generate it.
 */
export async function isPlanOf(
  dataPlane: DataPlane,
  { planHash }: Pick<MigrationPlan, 'planHash'>,
  { signal, ...request }: PlanRequest & AbortOptions,
): Promise<boolean> {
  if (made.get(dataPlane.schemaDiff)?.has(planHash)) return true;
  const plan = await makePlan(dataPlane, request, signal ? { signal } : {});
  return plan.planHash === planHash;
}
