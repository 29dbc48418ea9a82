import type { CallOptions } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import {
  type CurrentSchema,
  type DeployBundle,
  type DeployBundleInput,
  type DeployValidationResult,
  type MigrationPlan,
  TENANT_OWNER,
} from '@objectstack/spec/system';
import { checkBundle } from '../bundle/validate-bundle.js';
import { findTenant } from '../shared/find-tenant.js';
import { throwIfAborted } from '../shared/throw-if-aborted.js';
import type { DeployContext } from './deploy-context.js';
import { makePlan } from './make-plan.js';

function invalidBundle({ issues, errorCount }: DeployValidationResult): ObjectStackError {
  const isNewer = issues.some(({ code }) => code === 'unsupported_protocol_version');
  return new ObjectStackError({
    code: isNewer ? 'unsupported_protocol_version' : 'invalid_bundle',
    message: `The bundle has ${errorCount} error${errorCount === 1 ? '' : 's'}.`,
    details: { issues, errorCount },
  });
}

async function assertWithinQuota(
  { registry }: DeployContext,
  { tenantId, current, bundle }: { tenantId: string; current: CurrentSchema; bundle: DeployBundle },
): Promise<void> {
  const { maxObjects } = (await findTenant(registry, tenantId)).tenant.quotas;
  const others = current.objects.filter(({ owner }) => owner !== TENANT_OWNER).length;
  const requested = others + bundle.objects.length;
  if (maxObjects === undefined || requested <= maxObjects) return;
  throw new ObjectStackError({
    code: 'quota_exceeded',
    message: `The plan allows ${maxObjects} objects, and there would be ${requested}.`,
    details: { quota: 'maxObjects', limit: maxObjects, requested, usage: current.objects.length },
  });
}

/** See {@link IDeployPipelineService.planDeployment}. */
export async function planDeployment(
  context: DeployContext,
  { tenantId, bundle: input, options }: { tenantId: string; bundle: DeployBundleInput; options: CallOptions },
): Promise<MigrationPlan> {
  const { router, bundles, dataPlane } = context;
  const driver = await router.getTenantClient(tenantId);
  const { result, bundle, canonical } = checkBundle(input);
  if (!bundle || !canonical) throw invalidBundle(result);
  throwIfAborted(options.signal);
  const current = await dataPlane.schemaDiff.introspect(driver);
  await assertWithinQuota(context, { tenantId, current, bundle });
  const plan = makePlan(dataPlane, { current, bundle, checksum: canonical.checksum });
  const findings = await dataPlane.schemaDiff.runPreflight(driver, plan);
  throwIfAborted(options.signal);
  await bundles.put(canonical.bytes);
  return { ...plan, findings };
}
