import type { ExecuteDeploymentOptions, ReadyDeployResult } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import {
  assertReady,
  type DeployBundleInput,
  hasNoChanges,
  type MigrationPlan,
} from '@objectstack/spec/system';
import { isReplaceId } from '../seed/replace-approval.js';
import type { DeployContext } from './deploy-context.js';
import { executeDeployment } from './execute-deployment.js';
import { planDeployment } from './plan-deployment.js';

interface DeployRequest {
  readonly tenantId: string;
  readonly bundle: DeployBundleInput;
  readonly options: ExecuteDeploymentOptions;
}

/** Findings that counted records, each with the explanation of its check. */
function countedFindings({ findings = [], preflight }: MigrationPlan) {
  return findings.flatMap((finding) => {
    if (finding.rows === 0) return [];
    const check = preflight.find(({ id }) => id === finding.checkId);
    return [{ ...(check && { explanation: check.explanation }), ...finding }];
  });
}

function withFindings(error: unknown, plan: MigrationPlan): unknown {
  const findings = countedFindings(plan);
  if (!ObjectStackError.isInstance(error) || findings.length === 0) return error;
  const { code, message, retryable, details } = error;
  return new ObjectStackError({ code, message, retryable, details: { findings, ...details }, cause: error });
}

/**
 * The approvals that apply to the plan. A repeated call approves changes that the first one made, and that the plan
 * therefore no longer contains.
 */
function approvalsFor(plan: MigrationPlan, { allow }: ExecuteDeploymentOptions) {
  if (!allow) return {};
  return { allow: hasNoChanges(plan) ? allow.filter(isReplaceId) : allow };
}

/** See {@link IDeploymentService.deploy}. */
export async function deploy(
  context: DeployContext,
  { tenantId, bundle, options }: DeployRequest,
): Promise<ReadyDeployResult> {
  const environment = options.environment ?? context.environment;
  const plan = await planDeployment({ ...context, environment }, { tenantId, bundle, options });
  try {
    const approved = { ...options, ...approvalsFor(plan, options) };
    const result = await executeDeployment(context, { tenantId, plan, options: approved });
    assertReady(result);
    return result;
  } catch (error) {
    throw withFindings(error, plan);
  }
}
