import type { AppCompatibilityIssue, AppManifest } from '@objectstack/spec/system';
import type { AppContext, AppTenant } from './app-context.js';
import { checkApp } from './check-app.js';
import { checkRetainedData } from './check-retained-data.js';
import { storeSettings } from './check-settings.js';
import { type Evaluation, evaluateLayers, hasErrors } from './evaluate-layers.js';
import { findRetainedData, type RetainedInstallation } from './find-retained-data.js';
import { sealedLayer } from './sealed-layer.js';
import type { InstalledAppLayer, TenantLayers } from './tenant-layers.js';
import { withSettings } from './with-settings.js';

/** An app to install, with what it is installed with. */
export interface NewApp {
  readonly manifest: AppManifest;
  readonly given: Readonly<Record<string, unknown>>;
  readonly skipSeedData?: boolean | undefined;
}

export interface Installation extends Evaluation {
  readonly layers: TenantLayers;
}

const restoredOnto = ({ data }: RetainedInstallation, { deploymentId }: AppTenant['current']) =>
  data.map((one) => ({ ...one, ...(deploymentId !== null && { onto: deploymentId }) }));

async function toLayer(
  context: AppContext,
  { tenantId, driver, current }: AppTenant,
  { manifest, given, skipSeedData }: NewApp,
): Promise<{ layer: InstalledAppLayer; issues: AppCompatibilityIssue[] }> {
  const retained = await findRetainedData(context, driver, manifest);
  const { sealer } = context;
  const settings = await storeSettings(manifest, { given }, { tenantId, sealer });
  const layer: InstalledAppLayer = {
    manifest,
    settings,
    ...(skipSeedData && { skipSeedData: true as const }),
    ...(retained && { restores: restoredOnto(retained, current) }),
  };
  return {
    layer: sealedLayer(layer, tenantId),
    issues: retained ? checkRetainedData(manifest, retained) : [],
  };
}

/**
 * Evaluates the installation of apps, each after those that it requires. Changes nothing. `operation` is `check` if no
 * values of settings are known.
 */
export async function evaluateInstallation(
  context: AppContext,
  tenant: AppTenant,
  {
    news,
    operation,
    signal,
  }: { news: readonly NewApp[]; operation: 'install' | 'check'; signal?: AbortSignal | undefined },
): Promise<Installation> {
  let layers: TenantLayers = { own: tenant.before.own, apps: tenant.before.apps };
  const issues: AppCompatibilityIssue[] = [];
  for (const app of news) {
    const { manifest, given } = app;
    const found = checkApp({ manifest, layers, given, operation, runtimeVersion: context.runtimeVersion });
    issues.push(...found);
    const installed = layers.apps.find((other) => other.manifest.name === manifest.name);
    if (installed) {
      // The same version, or the check found an error: there is only work that was interrupted, or other settings.
      const { sealer } = context;
      const layer = hasErrors(found)
        ? installed
        : await withSettings(installed, given, { tenantId: tenant.tenantId, sealer });
      layers = { ...layers, apps: layers.apps.map((other) => (other === installed ? layer : other)) };
      continue;
    }
    if (hasErrors(found)) continue;
    const { layer, issues: ofData } = await toLayer(context, tenant, app);
    issues.push(...ofData);
    layers = { ...layers, apps: [...layers.apps, layer] };
  }
  if (hasErrors(issues)) return { issues, layers };
  const app = news.at(-1)?.manifest.name ?? '';
  const evaluation = await evaluateLayers(context, tenant, { layers, app, signal });
  return { ...evaluation, issues: [...issues, ...evaluation.issues], layers };
}
