import type { ObjectStackError } from '@objectstack/spec/shared';
import type {
  AppInstallResult,
  AppManifest,
  AppMergeConflict,
  DeployResult,
  MigrationPlan,
} from '@objectstack/spec/system';
import type { AppTenant } from './app-context.js';
import { countRestored } from './restore-app-data.js';
import type { TenantLayers } from './tenant-layers.js';

interface Described {
  readonly tenantId: string;
  readonly manifest: AppManifest;
  readonly startedAt: number;
}

const baseOf = ({ tenantId, manifest, startedAt }: Described) => ({
  tenantId,
  appId: manifest.name,
  version: manifest.version,
  durationMs: performance.now() - startedAt,
});

/** The result of a call that changed nothing. */
export const failedInstallation = (described: Described, error: ObjectStackError): AppInstallResult => ({
  ...baseOf(described),
  success: false,
  installedObjects: [],
  createdTables: [],
  installedDependencies: [],
  seededRecords: 0,
  restoredRecords: 0,
  conflicts: [],
  error: error.toProblemDetails(),
});

interface Completed extends Described {
  readonly tenant: AppTenant;
  readonly layers: TenantLayers;
  readonly plan: MigrationPlan;
  readonly result: DeployResult;
  readonly conflicts?: readonly AppMergeConflict[];
}

/** The result of a call that succeeded. Counts only what this call wrote. */
export async function completedInstallation(completed: Completed): Promise<AppInstallResult> {
  const { tenant, layers, manifest, plan, result, conflicts = [] } = completed;
  const isNew = result.outcome === 'applied';
  const known = new Set(tenant.before.apps.map((app) => app.manifest.name));
  const added = layers.apps.filter((app) => !known.has(app.manifest.name));
  const owned = new Set(
    added
      .concat(layers.apps.filter((app) => app.manifest.name === manifest.name))
      .flatMap((app) => app.manifest.objects.map(({ name }) => name)),
  );
  const written = result.seeds.filter(({ object, outcome }) => outcome === 'written' && owned.has(object));
  const counts = isNew ? await Promise.all(added.map((app) => countRestored(tenant.driver, app))) : [];
  return {
    ...baseOf(completed),
    success: true,
    ...(isNew && { deploymentId: result.deploymentId }),
    installedObjects: manifest.objects.map(({ name }) => name),
    createdTables: isNew
      ? plan.diff.objects.flatMap(({ change, object }) => (change === 'added' ? [object] : []))
      : [],
    installedDependencies: isNew
      ? added.flatMap((app) => (app.manifest.name === manifest.name ? [] : [app.manifest.name]))
      : [],
    seededRecords: written.reduce((sum, { inserted, updated }) => sum + inserted + updated, 0),
    restoredRecords: counts.reduce((sum, count) => sum + count, 0),
    conflicts: [...conflicts],
  };
}
