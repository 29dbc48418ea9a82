import { ObjectStackError, runStepsInTurns } from '@objectstack/spec/shared';
import { type AppCompatibilityIssue, type MigrationPlan, TENANT_OWNER } from '@objectstack/spec/system';
import { planPrepared } from '../deploy/plan-deployment.js';
import { type PreparedBundle, prepareLayers } from '../deploy/prepare-layers.js';
import type { AppContext, AppTenant } from './app-context.js';
import { toAppIssue } from './composition-issue.js';
import { placeInManifest } from './place-in-manifest.js';
import type { TenantLayers } from './tenant-layers.js';

/** What the new layers of a tenant lead to. The plan is absent if an issue is an error. */
export interface Evaluation {
  readonly issues: readonly AppCompatibilityIssue[];
  readonly prepared?: PreparedBundle;
  readonly plan?: MigrationPlan;
}

const isError = ({ severity }: AppCompatibilityIssue) => severity === 'error';

/** An error of planning that is a finding about the app; other errors are thrown. */
function issueOf(error: unknown, { current }: AppTenant): AppCompatibilityIssue {
  if (!ObjectStackError.isInstance(error)) throw error;
  const { code, message, details } = error;
  if (code === 'quota_exceeded')
    return {
      severity: 'error',
      code,
      subject: String(details.quota ?? 'maxObjects'),
      message,
      suggestion: 'Choose a subscription plan with a higher quota.',
    };
  if (code === 'object_conflict') {
    const subject = String(details.object ?? details.name ?? details.table ?? '');
    const owner = current.objects.find(({ definition }) => definition.name === subject)?.owner;
    const taken =
      owner !== undefined && owner !== TENANT_OWNER ? 'name_taken_by_app' : 'name_taken_by_tenant';
    return { severity: 'error', code: taken, ...(subject && { subject }), message };
  }
  if (
    code === 'not_supported' ||
    code === 'schema_mismatch' ||
    (code === 'invalid_request' && details.object !== undefined)
  )
    return { severity: 'error', code: 'invalid_component', message };
  throw error;
}

export interface LayersOfApp {
  readonly layers: TenantLayers;
  /** The app that the issues are about. */
  readonly app: string;
  readonly signal?: AbortSignal | undefined;
}

/** Composes and validates the new layers. Pure. */
export async function composeLayers({ layers, app, signal }: LayersOfApp): Promise<Omit<Evaluation, 'plan'>> {
  const { result, prepared, issues, composed: bundle } = await runStepsInTurns(prepareLayers(layers), signal);
  if (prepared) return { issues: [], prepared };
  const composed = issues.map((issue) =>
    issue.app === app
      ? toAppIssue(issue)
      : { severity: 'error' as const, code: issue.code, subject: issue.subject, message: issue.message },
  );
  if (composed.length > 0) return { issues: composed };
  const manifest = layers.apps.find((one) => one.manifest.name === app)?.manifest;
  const components = result.issues
    .filter(({ severity }) => severity === 'error')
    .map(
      ({ path, message, suggestion }): AppCompatibilityIssue => ({
        severity: 'error',
        code: 'invalid_component',
        ...(manifest && placeInManifest(path, bundle, manifest)),
        message,
        ...(suggestion !== undefined && { suggestion: `Did you mean ${suggestion}?` }),
      }),
    );
  return { issues: components };
}

/** Composes, validates and plans the new layers. Changes nothing. */
export async function evaluateLayers(
  context: AppContext,
  tenant: AppTenant,
  request: LayersOfApp,
): Promise<Evaluation> {
  const { issues, prepared } = await composeLayers(request);
  if (!prepared) return { issues };
  try {
    const options = request.signal ? { signal: request.signal } : {};
    return { issues: [], prepared, plan: await planPrepared(context, tenant, { prepared, options }) };
  } catch (error) {
    return { issues: [issueOf(error, tenant)] };
  }
}

export const hasErrors = (issues: readonly AppCompatibilityIssue[]): boolean => issues.some(isError);

const MOST_ISSUES = 1_000;

/** As many issues as a result lists. If there are more, errors take precedence over warnings. */
export function listedIssues(issues: readonly AppCompatibilityIssue[]): AppCompatibilityIssue[] {
  if (issues.length <= MOST_ISSUES) return [...issues];
  return [...issues.filter(isError), ...issues.filter((issue) => !isError(issue))].slice(0, MOST_ISSUES);
}

/** The error for an app that cannot be installed; `details.issues` lists the issues. */
export function incompatible(appId: string, issues: readonly AppCompatibilityIssue[]): ObjectStackError {
  const errors = issues.filter(isError);
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return new ObjectStackError({
    code: 'app_incompatible',
    message: `${errors[0]?.message ?? 'The app is not compatible with the tenant.'}${more}`,
    details: {
      apps: [appId],
      issues: listedIssues(issues).map((issue) => ({ ...issue, path: issue.path ?? '' })),
    },
  });
}
