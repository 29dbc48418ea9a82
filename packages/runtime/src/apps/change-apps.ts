import { ObjectStackError } from '@objectstack/spec/shared';
import type { DeployResult, MigrationPlan } from '@objectstack/spec/system';
import type { DeployContext } from '../deploy/deploy-context.js';
import { executePlan } from '../deploy/execute-deployment.js';
import type { PreparedBundle } from '../deploy/prepare-layers.js';
import { toBundlePlan } from '../deploy/read-bundle-plan.js';
import { rollbackDeployment } from '../deploy/rollback-deployment.js';
import type { AppContext, AppTenant } from './app-context.js';

export interface AppChange {
  readonly tenant: AppTenant;
  readonly prepared: PreparedBundle;
  readonly plan: MigrationPlan;
  readonly allow?: readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
}

export type AppChangeResult =
  | { readonly result: DeployResult; readonly error?: undefined }
  | { readonly result?: undefined; readonly error: ObjectStackError };

/** Errors that concern this change, after which nothing has changed. */
const isRefusal = (error: unknown): error is ObjectStackError =>
  ObjectStackError.isInstance(error) &&
  !error.retryable &&
  [
    'destructive_not_allowed',
    'exceeds_lock_budget',
    'quota_exceeded',
    'unique_violation',
    'foreign_key_violation',
    'not_null_violation',
    'conversion_failed',
  ].includes(error.code);

const toError = ({
  detail,
  code,
  retryable,
  details = {},
}: Extract<DeployResult, { status: 'failed' }>['error']) =>
  new ObjectStackError({ code, message: detail, retryable, details: details as ObjectStackError['details'] });

/** A change of apps is complete or did not happen: if seed data could not be written, the deployment is rolled back. */
export async function undoChange(
  context: DeployContext,
  tenantId: string,
  { deploymentId, outcome }: DeployResult,
): Promise<void> {
  if (outcome !== 'applied' && outcome !== 'already_applied') return;
  await rollbackDeployment(context, { tenantId, deploymentId, options: {} });
}

/** Stores the prepared bundle while its plan is checked, and executes the plan when the bundle is stored. */
export async function changeApps(context: AppContext, change: AppChange): Promise<AppChangeResult> {
  const { tenant, prepared, plan, allow, signal } = change;
  const { tenantId, before } = tenant;
  const options = { ...(allow && { allow }), ...(signal && { signal }) };
  const stored = context.bundles.put(prepared.canonical.bytes.slice(), signal ? { signal } : {});
  const settled = Promise.allSettled([stored]);
  try {
    const result = await executePlan(
      { ...context, appsBase: before.checksum },
      { tenantId, plan: toBundlePlan(plan), bundle: prepared.bundle, options, stored },
    );
    await stored;
    if (result.status === 'ready') return { result };
    await undoChange(context, tenantId, result);
    return { error: toError(result.error) };
  } catch (error) {
    if (isRefusal(error)) return { error };
    throw error;
  } finally {
    await settled;
    context.router.invalidateCache(tenantId);
  }
}

const ATTEMPTS = 3;

/** Repeats a change that another process overtook. */
export async function unlessOvertaken<T>(work: () => Promise<T>): Promise<T> {
  for (let left = ATTEMPTS - 1; ; left--) {
    try {
      return await work();
    } catch (error) {
      if (left === 0 || !ObjectStackError.isInstance(error) || error.code !== 'plan_stale') throw error;
    }
  }
}
