import type { CallOptions } from '@objectstack/spec/contracts';
import { ObjectStackError, runStepsInTurns, throwIfAborted } from '@objectstack/spec/shared';
import type { DeployBundleInput, DeployValidationResult, MigrationPlan } from '@objectstack/spec/system';
import { checkBundleSteps } from '../bundle/validate-bundle.js';
import { previewReplace } from '../seed/replace-preview.js';
import { assertWithinQuota } from './assert-within-quota.js';
import type { DeployContext } from './deploy-context.js';
import { makePlan } from './make-plan.js';

function invalidBundle({ issues, errorCount }: DeployValidationResult): ObjectStackError {
  const isNewer = issues.some(({ code }) => code === 'unsupported_protocol_version');
  return new ObjectStackError({
    code: isNewer ? 'unsupported_protocol_version' : 'invalid_bundle',
    message: `The bundle has ${errorCount} error${errorCount === 1 ? '' : 's'}. details.issues lists them.`,
    details: { issues, errorCount },
  });
}

/** See {@link IDeployPipelineService.planDeployment}. */
export async function planDeployment(
  context: DeployContext,
  { tenantId, bundle: input, options }: { tenantId: string; bundle: DeployBundleInput; options: CallOptions },
): Promise<MigrationPlan> {
  const { registry, router, bundles, dataPlane } = context;
  const abort = options.signal ? { signal: options.signal } : {};
  const driver = await router.getTenantClient(tenantId);
  const { result, bundle, canonical } = await runStepsInTurns(checkBundleSteps(input), options.signal);
  if (!bundle || !canonical) throw invalidBundle(result);
  throwIfAborted(options.signal);
  const current = await dataPlane.schemaDiff.introspect(driver, abort);
  await assertWithinQuota(registry, { tenantId, current, bundle });
  const plan = await makePlan(dataPlane, { current, bundle, checksum: canonical.checksum }, abort);
  const findings = await dataPlane.schemaDiff.runPreflight(driver, plan, abort);
  const { environment } = context;
  const ofSeeds = await previewReplace({ driver, bundle, current, environment, diff: plan.diff });
  throwIfAborted(options.signal);
  await bundles.put(canonical.bytes.slice());
  return { ...plan, findings: [...findings, ...ofSeeds], warnings: structuredClone(result.issues) };
}
