import type { ExecuteDeploymentOptions, IDataDriver } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import {
  type CurrentSchema,
  type DeployBundle,
  type DeployResult,
  type MigrationPlan,
  MigrationPlanSchema,
  type MigrationResult,
} from '@objectstack/spec/system';
import { toJsonPointer } from '../bundle/json-pointer.js';
import { writeSeeds } from '../seed/write-seeds.js';
import { throwIfAborted } from '../shared/throw-if-aborted.js';
import type { DeployContext } from './deploy-context.js';
import { deploymentIdOf } from './deployment-id.js';
import { type DeploymentIdentity, DeploymentProgress } from './deployment-progress.js';
import { makePlan } from './make-plan.js';
import { readStoredBundle } from './stored-bundle.js';

type BundlePlan = DeploymentIdentity['plan'];

function invalidPlan(message: string, issues: unknown[] = []): ObjectStackError {
  return new ObjectStackError({ code: 'invalid_plan', message, details: { issues } });
}

function parsePlan(plan: MigrationPlan): BundlePlan {
  const parsed = MigrationPlanSchema.safeParse(plan);
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, code }) => ({
      path: toJsonPointer(path.map(String)),
      code,
    }));
    throw invalidPlan('The plan does not parse.', issues);
  }
  const { bundleChecksum, bundleVersion } = parsed.data;
  if (!bundleChecksum || !bundleVersion) throw invalidPlan('The plan deploys no bundle.');
  return { ...parsed.data, bundleChecksum, bundleVersion };
}

/** The plan must be the one that leads from this schema to this bundle, so nothing runs that planning would not allow. */
function assertCurrent(
  { dataPlane }: DeployContext,
  plan: BundlePlan,
  current: CurrentSchema,
  bundle: DeployBundle,
): void {
  if (current.schemaHash !== plan.baseSchemaHash) {
    throw new ObjectStackError({
      code: 'plan_stale',
      message: 'The schema is not the one that the plan was made for.',
      details: { baseSchemaHash: plan.baseSchemaHash, schemaHash: current.schemaHash },
    });
  }
  const made = makePlan(dataPlane, { current, bundle, checksum: plan.bundleChecksum });
  if (made.planHash !== plan.planHash)
    throw invalidPlan('The plan is not the one that was made for this bundle.');
}

/** Errors after which the same call may be made again and goes on where this one stopped. */
const isPassing = (error: ObjectStackError) => error.retryable || error.code === 'aborted';

interface Execution {
  readonly context: DeployContext;
  readonly tenantId: string;
  readonly current: CurrentSchema;
  readonly driver: IDataDriver;
  readonly plan: BundlePlan;
  readonly bundle: DeployBundle;
  readonly progress: DeploymentProgress;
  readonly options: ExecuteDeploymentOptions;
}

async function migrate(execution: Execution): Promise<MigrationResult> {
  const { context, driver, tenantId, plan, current, progress, options } = execution;
  const deploymentId = deploymentIdOf(tenantId, current.deploymentId, plan.planHash);
  progress.deploymentId = deploymentId;
  await progress.enter('migrating');
  return context.dataPlane.schemaDiff.applyMigrations(driver, plan, { ...options, deploymentId });
}

/** Everything from the first effect on; what goes wrong here becomes a failed result. */
async function run(execution: Execution, earlier: MigrationResult | null): Promise<DeployResult> {
  const { context, driver, bundle, progress, options } = execution;
  let migrated = earlier;
  try {
    migrated ??= await migrate(execution);
    await progress.enter('registering');
    const environment = options.environment ?? context.environment;
    const seeds = await writeSeeds({ driver, bundle, environment, signal: options.signal });
    const failed = seeds.reduce((sum, seed) => sum + seed.failed, 0);
    const error = failed === 0 ? undefined : seedsFailed(failed);
    const { outcome, statementsExecuted } = migrated;
    return await progress.finish({ outcome, statementsExecuted, seeds }, error);
  } catch (error) {
    if (!ObjectStackError.isInstance(error) || isPassing(error)) throw error;
    const { outcome = 'applied', statementsExecuted = 0 } = migrated ?? {};
    const result = await progress.finish({ outcome, statementsExecuted, seeds: [] }, error);
    if (error.code === 'plan_stale') throw error;
    return result;
  }
}

function seedsFailed(failed: number): ObjectStackError {
  return new ObjectStackError({
    code: 'seed_failed',
    message: `${failed} seed record${failed === 1 ? '' : 's'} could not be written.`,
    details: { failed },
  });
}

/** The result of the call that ran this plan, if it came to its end. */
async function firstResult(
  { context, tenantId, plan }: Execution,
  deploymentId: string,
): Promise<DeployResult | null> {
  const record = await context.registry.getDeployment(tenantId, deploymentId);
  if (record?.planHash !== plan.planHash || record.result?.status !== 'ready') return null;
  return { ...record.result, outcome: 'already_applied', statementsExecuted: 0 };
}

/** See {@link IDeployPipelineService.executeDeployment}. */
export async function executeDeployment(
  context: DeployContext,
  {
    tenantId,
    plan: input,
    options,
  }: { tenantId: string; plan: MigrationPlan; options: ExecuteDeploymentOptions },
): Promise<DeployResult> {
  const driver = await context.router.getTenantClient(tenantId);
  const plan = parsePlan(input);
  const progress = new DeploymentProgress(context, { tenantId, plan }, options.onStatus);
  await progress.enter('validating');
  const bundle = await readStoredBundle(context.bundles, plan.bundleChecksum);
  throwIfAborted(options.signal);
  await progress.enter('diffing');
  const current = await context.dataPlane.schemaDiff.introspect(driver);
  const execution = { context, tenantId, current, driver, plan, bundle, progress, options };
  if (current.planHash !== plan.planHash || current.deploymentId === null) {
    assertCurrent(context, plan, current, bundle);
    return run(execution, null);
  }
  progress.deploymentId = current.deploymentId;
  const first = await firstResult(execution, current.deploymentId);
  const earlier = {
    outcome: 'already_applied',
    deploymentId: current.deploymentId,
    statementsExecuted: 0,
    durationMs: 0,
  } as const;
  return first ?? run(execution, earlier);
}
