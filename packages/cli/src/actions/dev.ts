import { validateBundle } from '@objectstack/runtime';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { DeployBundleInput } from '@objectstack/spec/system';
import { assertReady, type DevEvent, hasNoChanges, type MigrationPlan } from '@objectstack/spec/system';
import type { Action } from '../frame/command.js';
import type { CommandContext } from '../frame/command-context.js';
import { CommandError, interrupted } from '../frame/command-error.js';
import { isSet, listOption } from '../frame/read-options.js';
import { errorText } from '../frame/report-error.js';
import { toCommandError } from '../frame/to-command-error.js';
import { issueText } from '../output/issue-text.js';
import { planText } from '../output/plan-text.js';
import { placedIssues } from '../project/load-project.js';
import { watchProject } from '../project/watch-project.js';
import { approve, deploymentText, missingApprovals } from './deploy.js';

const SLUG = 'dev';

/** The tenant of the configuration, or the tenant `dev`, which is created if it is missing. */
async function devTenant(context: CommandContext): Promise<string> {
  const { settings } = await context.config();
  if (settings.tenant !== undefined) return context.tenantId();
  const { runtime } = await context.session();
  const request = { orgId: settings.organization, requestKey: 'objectstack-dev', displayName: 'Development' };
  const result = await runtime.provisioning.provisionTenant(request, { signal: context.signal });
  assertReady(result);
  await runtime.tenants.setSlug(result.tenantId, SLUG, { signal: context.signal }).catch((error) => {
    // Slugs are unique across organizations; the tenant is found without one.
    if (!ObjectStackError.isInstance(error) || error.code !== 'tenant_name_taken') throw error;
  });
  return result.tenantId;
}

type Report = (event: Omit<DevEvent, 'tenantId'>, text: string) => Promise<void>;

async function deployPlan(
  context: CommandContext,
  {
    tenantId,
    plan,
    allow,
    report,
  }: { tenantId: string; plan: MigrationPlan; allow: readonly string[]; report: Report },
): Promise<void> {
  const { output, signal } = context;
  const { style } = output;
  const version = plan.bundleVersion;
  const known = version === undefined ? {} : { version };
  const text = planText(style, plan);
  const missing = missingApprovals(plan, allow);
  if (missing.length > 0) output.note(text);
  const approved = await approve(context, plan, allow, 'objectstack dev').catch(async (error) => {
    if (!(error instanceof CommandError) || error.error.code !== 'destructive_not_allowed') throw error;
    await report({ event: 'refused', ...known, approvals: missing }, errorText(style, error));
    return undefined;
  });
  if (!approved) return;
  const { environment = 'dev' } = (await context.config()).settings;
  const { runtime } = await context.session();
  const result = await runtime.deployments.executeDeployment(tenantId, plan, {
    signal,
    allow: approved,
    environment,
  });
  assertReady(result);
  const isUnchanged = result.outcome === 'unchanged' || result.outcome === 'already_applied';
  const done = deploymentText(style, result);
  await report(
    { event: isUnchanged ? 'unchanged' : 'deployed', ...known, deploymentId: result.deploymentId },
    hasNoChanges(plan) || missing.length > 0 ? done : `${text}\n\n${done}`,
  );
}

async function deployProject(
  context: CommandContext,
  options: { tenantId: string; allow: readonly string[]; report: Report },
): Promise<void> {
  const { style } = context.output;
  const project = await context.project();
  const { valid, issues, errorCount } = validateBundle(project.value);
  if (!valid) {
    const errors = issues.filter(({ severity }) => severity === 'error');
    const text = placedIssues(project, errors).map(({ issue, problem }) => issueText(style, issue, problem));
    return options.report({ event: 'invalid', issues: errorCount }, text.join('\n\n'));
  }
  const { runtime } = await context.session();
  const bundle = project.value as DeployBundleInput;
  const plan = await runtime.deployments.planDeployment(options.tenantId, bundle, { signal: context.signal });
  return deployPlan(context, { ...options, plan });
}

/** Deploys the bundle to a local tenant, and again after every change of its files. */
export const dev: Action = async (context, input) => {
  const { output, signal } = context;
  const tenantId = await devTenant(context);
  const report: Report = async (event, text) => {
    if (output.isJson) await output.writeJson({ ...event, tenantId });
    else await output.write(`${text}\n`);
  };
  const deployOnce = () => deployProject(context, { tenantId, allow: listOption(input, 'allow'), report });
  if (isSet(input, 'once')) {
    await deployOnce();
    return undefined;
  }
  const attempt = async () => {
    try {
      await deployOnce();
    } catch (failure) {
      if (signal.aborted) throw failure;
      const failed = toCommandError(failure);
      const code = ObjectStackError.isInstance(failed.error) ? failed.error.code : 'internal';
      await report({ event: 'failed', errorCode: code }, errorText(output.style, failed));
    }
  };
  const { bundlePath } = await context.config();
  const watcher = watchProject(bundlePath, signal);
  await attempt();
  await report({ event: 'watching' }, output.style.dim('Watching for changes. Press Ctrl-C to stop.'));
  while (await watcher.next()) await attempt();
  throw interrupted();
};
