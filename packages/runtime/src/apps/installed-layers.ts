import type { IDataDriver } from '@objectstack/spec/contracts';
import { NAMESPACE_SEPARATOR } from '@objectstack/spec/shared';
import {
  type CurrentSchema,
  type DeployBundle,
  deployedBundle,
  TENANT_OWNER,
} from '@objectstack/spec/system';
import type { DeployContext } from '../deploy/deploy-context.js';
import { readStoredBundle } from '../deploy/read-stored-bundle.js';
import { layersOf, type TenantLayers } from './tenant-layers.js';

/** The layers in effect, and the checksum of the bundle that they are stored as. */
export interface InstalledLayers extends TenantLayers {
  /** Null if the tenant has no bundle. */
  readonly checksum: string | null;
}

const isOfApp = (name: string) => name.includes(NAMESPACE_SEPARATOR);

/** Whether apps are installed: each has a component, whose name contains its namespace. */
export const hasApps = ({ objects, components }: CurrentSchema): boolean =>
  objects.some(
    ({ owner, definition }) =>
      owner === TENANT_OWNER && (isOfApp(definition.name) || Object.keys(definition.fields).some(isOfApp)),
  ) || components.some(({ owner, name }) => owner === TENANT_OWNER && isOfApp(name));

/** Bundle of a tenant that has deployed none. */
export const EMPTY_BUNDLE: DeployBundle = {
  protocolVersion: '1',
  manifest: { version: '0.0.0', objects: [], views: [], flows: [], permissions: [] },
  objects: [],
  views: [],
  flows: [],
  permissions: [],
  seedData: [],
};

/** Reads the layers in effect from the tenant's history and the bundle store. */
export async function installedLayers(
  { dataPlane, bundles }: Pick<DeployContext, 'dataPlane' | 'bundles'>,
  driver: IDataDriver,
): Promise<InstalledLayers> {
  const history = await dataPlane.schemaDiff.readHistory(driver);
  const inEffect = deployedBundle(
    history.filter((entry) => entry.isInEffect),
    TENANT_OWNER,
  );
  if (!inEffect) return { own: EMPTY_BUNDLE, apps: [], checksum: null };
  const bundle = await readStoredBundle(bundles, inEffect.checksum);
  return { ...layersOf(bundle), checksum: inEffect.checksum };
}
