import {
  type AppManifest,
  type CurrentSchema,
  type RolloutUpgrade,
  RolloutUpgradeSchema,
} from '@objectstack/spec/system';
import { composeLayers, hasErrors, incompatible } from '../apps/evaluate-layers.js';
import { installedLayers } from '../apps/installed-layers.js';
import { withOwnSecrets } from '../apps/sealed-layer.js';
import { namespacePrefix } from '../apps/tenant-layers.js';
import { layersAfterUpgrade } from '../apps/upgrade-app.js';
import { makePlan } from '../deploy/make-plan.js';
import type { BundlePlan } from '../deploy/read-bundle-plan.js';
import type { FleetContext } from './fleet-context.js';
import type { RolloutContent } from './rollout-content.js';

/** Whether a name in the schema has the namespace of the app, which every installed app leaves there. */
function mayHave({ objects, components }: CurrentSchema, app: AppManifest): boolean {
  const isOfApp = (name: string) => name.startsWith(namespacePrefix(app));
  return (
    components.some(({ name }) => isOfApp(name)) ||
    objects.some(({ definition }) => isOfApp(definition.name) || Object.keys(definition.fields).some(isOfApp))
  );
}

/** The new version of an app, for every tenant that has the app: merged with what the tenant changed. */
export function appContent(
  context: FleetContext,
  manifest: AppManifest,
  upgrade: RolloutUpgrade = RolloutUpgradeSchema.parse({}),
): RolloutContent {
  const { name: appId } = manifest;
  return {
    // The settings of the app differ from tenant to tenant, and so do their bundles.
    known: async () => null,
    async compose({ tenantId, driver, current }) {
      if (!mayHave(current, manifest)) return null;
      const before = withOwnSecrets(await installedLayers(context, driver), tenantId);
      if (!before.apps.some((app) => app.manifest.name === appId)) return null;
      const request = { tenantId, appId, manifest, options: upgrade, operation: 'upgrade' as const };
      const { issues, layers } = await layersAfterUpgrade(context, { tenantId, before }, request);
      if (hasErrors(issues)) throw incompatible(appId, issues);
      const { issues: found, prepared } = await composeLayers({ layers, app: appId });
      if (!prepared) throw incompatible(appId, found);
      const { bundle, canonical } = prepared;
      const { checksum, bytes } = canonical;
      const plan = await makePlan(context.dataPlane, { current, bundle, checksum }, {});
      return { bundle, plan: plan as BundlePlan, bytes, appsBase: before.checksum };
    },
  };
}
