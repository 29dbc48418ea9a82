import type { DeployBundle } from '@objectstack/spec/system';
import { executeDeployment } from '../deploy/execute-deployment.js';
import { planDeployment } from '../deploy/plan-deployment.js';
import type { AppContext, AppTenant } from './app-context.js';
import { EMPTY_BUNDLE, installedLayers } from './installed-layers.js';
import { withOwnSecrets } from './sealed-layer.js';

/** Reads the schema before the layers, so that a change in between is noticed when the plan is applied. */
export async function openAppTenant(context: AppContext, tenantId: string): Promise<AppTenant> {
  const driver = await context.router.getTenantClient(tenantId);
  const current = await context.dataPlane.schemaDiff.introspect(driver);
  const before = withOwnSecrets(await installedLayers(context, driver), tenantId);
  return { tenantId, driver, current, before };
}

/**
 * Deploys an empty bundle to a tenant that has none: the first deployment of a tenant cannot be rolled back, and an
 * installation that fails must be.
 */
export async function withBaseDeployment(context: AppContext, tenant: AppTenant): Promise<AppTenant> {
  if (tenant.before.checksum !== null) return tenant;
  const { tenantId } = tenant;
  const bundle: DeployBundle = EMPTY_BUNDLE;
  const plan = await planDeployment(context, { tenantId, bundle, options: {} });
  await executeDeployment(context, { tenantId, plan, options: {} });
  return openAppTenant(context, tenantId);
}
