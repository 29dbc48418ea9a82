import { type AppManifest, AppManifestSchema, type DeployBundle } from '@objectstack/spec/system';
import * as z from 'zod';

/*
 * The bundle that is in effect in a tenant is composed of layers: the bundle that the tenant deployed, and the manifests
 * of its apps. The layers are what is stored, under the checksum that the deployment records; everything else reads the
 * composed bundle. So the apps of a tenant follow from its deployment history, and a rollback restores them too.
 */

/** Key of a stored bundle that holds the apps. A bundle that is passed to the pipeline must not have it. */
export const LAYERS_KEY = 'installedApps';

const RetainedAppDataSchema = z.object({
  /** Deployment that uninstalled the app. */
  deployment: z.string(),
  table: z.string(),
  object: z.string(),
  /** Fields of an object of another owner. Absent: the whole object is the app's. */
  fields: z.array(z.string()).optional(),
  /** Checksums of the parts of an archive. Absent: the data is in the table. */
  parts: z.array(z.string()).optional(),
  /**
   * Latest deployment before the installation that restores the data. Tells this installation from an earlier one that was
   * rolled back. Absent: an earlier release planned the installation.
   */
  onto: z.string().optional(),
  /** Largest integer id that was assigned, if the data is archived. */
  assigned: z.string().optional(),
});
export type RetainedAppData = z.infer<typeof RetainedAppDataSchema>;

const InstalledAppLayerSchema = z.object({
  manifest: AppManifestSchema,
  /** Values of settings by name; those of secret settings are sealed. */
  settings: z.record(z.string(), z.unknown()),
  /** Tenant that the secret settings are sealed for. A copy of its database has this layer too, and no secret of its own. */
  sealedFor: z.string().optional(),
  skipSeedData: z.literal(true).optional(),
  /** Tables with the retained data of an earlier installation, which the deployment of this one restores. */
  restores: z.array(RetainedAppDataSchema).optional(),
});
export type InstalledAppLayer = z.infer<typeof InstalledAppLayerSchema>;

const LayersSchema = z.array(InstalledAppLayerSchema);

export interface TenantLayers {
  /** The bundle that the tenant deployed. */
  readonly own: DeployBundle;
  /** The apps in the order of their installation, each after those that it requires. */
  readonly apps: readonly InstalledAppLayer[];
}

const layers = new WeakMap<DeployBundle, TenantLayers>();

/** Remembers the layers of a composed bundle. */
export function setLayers(bundle: DeployBundle, composedOf: TenantLayers): void {
  layers.set(bundle, composedOf);
}

/** The layers of a bundle; one that was not composed is the tenant's own. */
export const layersOf = (bundle: DeployBundle): TenantLayers =>
  layers.get(bundle) ?? { own: bundle, apps: [] };

/** Splits a stored value into the tenant's bundle and the apps; `undefined` if the apps are malformed. */
export function splitLayers(stored: Record<string, unknown>) {
  const { [LAYERS_KEY]: value, ...own } = stored;
  const apps = LayersSchema.safeParse(value ?? []);
  return apps.success ? { own, apps: apps.data } : undefined;
}

/** The value that is stored for the layers. Without apps, it is the tenant's bundle. */
export const joinLayers = ({ own, apps }: TenantLayers): DeployBundle =>
  apps.length === 0 ? own : { ...own, [LAYERS_KEY]: apps };

export const namespacePrefix = ({ namespace }: Pick<AppManifest, 'namespace'>) => `${namespace}__`;
