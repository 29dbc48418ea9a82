import type { UpgradeAppOptions } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { AppInstallResult, AppManifest } from '@objectstack/spec/system';
import type { AppContext, AppTenant } from './app-context.js';
import { changeApps, unlessOvertaken } from './change-apps.js';
import { checkApp } from './check-app.js';
import { storeSettings } from './check-settings.js';
import { manifestChecksum } from './checksum-of.js';
import { completedInstallation, failedInstallation } from './completed-installation.js';
import { appNotInstalled } from './describe-apps.js';
import { type Evaluation, evaluateLayers, hasErrors, incompatible } from './evaluate-layers.js';
import { type MergedChanges, mergeTenantChanges } from './merge-tenant-changes.js';
import { openAppTenant } from './open-app-tenant.js';
import { sealedLayer } from './sealed-layer.js';
import type { InstalledAppLayer, TenantLayers } from './tenant-layers.js';
import { withSettings } from './with-settings.js';

export interface UpgradeRequest {
  readonly tenantId: string;
  readonly appId: string;
  readonly manifest: AppManifest;
  readonly options: UpgradeAppOptions;
  readonly operation: 'upgrade' | 'check';
}

/** What an upgrade is evaluated with, besides the tenant. */
type SettingsContext = Pick<AppContext, 'runtimeVersion' | 'sealer'>;

export interface UpgradeEvaluation extends Evaluation, Pick<MergedChanges, 'conflicts'> {
  readonly layers: TenantLayers;
}

function assertSameApp({ appId, manifest }: UpgradeRequest): void {
  if (manifest.name === appId) return;
  throw new ObjectStackError({
    code: 'invalid_request',
    message: `The manifest is that of ${manifest.name}. Pass the manifest of the app to upgrade.`,
    details: { path: '/name' },
  });
}

/** The layer with the new version. Data that its installation restored is not restored again. */
async function nextLayer(
  context: SettingsContext,
  { tenantId }: Pick<AppTenant, 'tenantId'>,
  { installed, request }: { installed: InstalledAppLayer; request: UpgradeRequest },
): Promise<InstalledAppLayer> {
  const { manifest, options } = request;
  const given = options.config ?? {};
  const { sealer } = context;
  if (manifestChecksum(manifest) === manifestChecksum(installed.manifest))
    return withSettings(installed, given, { tenantId, sealer });
  const { restores: _restores, ...rest } = installed;
  const settings = await storeSettings(manifest, { given, stored: installed.settings }, { tenantId, sealer });
  return sealedLayer({ ...rest, manifest, settings }, tenantId);
}

/** The layers after an upgrade, and what prevents it according to the manifests. Changes nothing. */
export async function layersAfterUpgrade(
  context: SettingsContext,
  tenant: Pick<AppTenant, 'tenantId' | 'before'>,
  request: UpgradeRequest,
): Promise<Pick<UpgradeEvaluation, 'issues' | 'layers' | 'conflicts'>> {
  const { manifest, options, operation } = request;
  const { own, apps } = tenant.before;
  const before = { own, apps };
  const installed = apps.find((app) => app.manifest.name === request.appId);
  if (!installed) throw appNotInstalled(request.appId);
  const { config: given = {}, allowDowngrade = false, onConflict = 'keep_tenant', decisions = {} } = options;
  const { runtimeVersion } = context;
  const issues = checkApp({ manifest, layers: before, given, operation, allowDowngrade, runtimeVersion });
  if (hasErrors(issues)) return { issues, layers: before, conflicts: [] };
  const merged = mergeTenantChanges(
    own,
    { before: installed.manifest, after: manifest },
    { onConflict, decisions },
  );
  const next = await nextLayer(context, tenant, { installed, request });
  const layers = { own: merged.own, apps: apps.map((app) => (app === installed ? next : app)) };
  return { issues, layers, conflicts: merged.conflicts };
}

/** Evaluates an upgrade. Changes nothing. */
export async function evaluateUpgrade(
  context: AppContext,
  tenant: AppTenant,
  request: UpgradeRequest,
): Promise<UpgradeEvaluation> {
  const upgraded = await layersAfterUpgrade(context, tenant, request);
  if (hasErrors(upgraded.issues)) return upgraded;
  const { signal } = request.options;
  const of = { layers: upgraded.layers, app: request.manifest.name, signal };
  const evaluation = await evaluateLayers(context, tenant, of);
  return { ...upgraded, ...evaluation, issues: [...upgraded.issues, ...evaluation.issues] };
}

async function attempt(context: AppContext, request: UpgradeRequest): Promise<AppInstallResult> {
  const startedAt = performance.now();
  const { tenantId, manifest, options } = request;
  const { allow, signal } = options;
  const described = { tenantId, manifest, startedAt };
  const tenant = await openAppTenant(context, tenantId);
  const { layers, conflicts, prepared, plan, issues } = await evaluateUpgrade(context, tenant, request);
  if (!prepared || !plan) return failedInstallation(described, incompatible(manifest.name, issues));
  const { result, error } = await changeApps(context, { tenant, prepared, plan, allow, signal });
  if (error) return failedInstallation(described, error);
  return completedInstallation({ ...described, tenant, layers, plan, result, conflicts });
}

/** See {@link IAppLifecycleService.upgradeApp}. */
export async function upgradeApp(context: AppContext, request: UpgradeRequest): Promise<AppInstallResult> {
  assertSameApp(request);
  return unlessOvertaken(() => attempt(context, request));
}
