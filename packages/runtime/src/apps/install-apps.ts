import type { AppInstallResult, AppManifest } from '@objectstack/spec/system';
import type { AppContext } from './app-context.js';
import { changeApps, unlessOvertaken } from './change-apps.js';
import { completedInstallation, failedInstallation } from './completed-installation.js';
import { evaluateInstallation, type NewApp } from './evaluate-installation.js';
import { hasErrors, incompatible } from './evaluate-layers.js';
import { openAppTenant, withBaseDeployment } from './open-app-tenant.js';

export interface InstallRequest {
  readonly tenantId: string;
  /** Apps to install in one deployment, the requested one last. */
  readonly news: readonly NewApp[];
  readonly allow?: readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
}

async function attempt(
  context: AppContext,
  request: InstallRequest,
  manifest: AppManifest,
): Promise<AppInstallResult> {
  const startedAt = performance.now();
  const { tenantId, news, allow, signal } = request;
  const described = { tenantId, manifest, startedAt };
  const evaluate = async (tenant: Awaited<ReturnType<typeof openAppTenant>>) => ({
    tenant,
    ...(await evaluateInstallation(context, tenant, { news, operation: 'install', signal })),
  });
  const first = await evaluate(await openAppTenant(context, tenantId));
  if (hasErrors(first.issues))
    return failedInstallation(described, incompatible(manifest.name, first.issues));
  const based = await withBaseDeployment(context, first.tenant);
  const { tenant, layers, prepared, plan, issues } = based === first.tenant ? first : await evaluate(based);
  if (!prepared || !plan) return failedInstallation(described, incompatible(manifest.name, issues));
  const { result, error } = await changeApps(context, { tenant, prepared, plan, allow, signal });
  if (error) return failedInstallation(described, error);
  return completedInstallation({ ...described, tenant, layers, plan, result });
}

/** Installs apps in one deployment. See {@link IAppLifecycleService.installApp}. */
export async function installApps(context: AppContext, request: InstallRequest): Promise<AppInstallResult> {
  const manifest = request.news.at(-1)?.manifest as AppManifest;
  return unlessOvertaken(() => attempt(context, request, manifest));
}
