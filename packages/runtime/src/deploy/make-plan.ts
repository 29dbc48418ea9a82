import type { DataPlane } from '@objectstack/spec/contracts';
import {
  type CurrentSchema,
  type DeployBundle,
  type MigrationPlan,
  TENANT_OWNER,
} from '@objectstack/spec/system';
import { bundleComponents } from './bundle-components.js';

export interface PlanRequest {
  readonly current: CurrentSchema;
  readonly bundle: DeployBundle;
  readonly checksum: string;
}

/** The plan that leads from a schema to a bundle: the same for the same two, whoever makes it. */
export function makePlan(
  { schemaDiff, dialect }: DataPlane,
  { current, bundle, checksum }: PlanRequest,
): MigrationPlan {
  const components = bundleComponents(bundle);
  const diff = schemaDiff.diff(current, bundle.objects, { components, owner: TENANT_OWNER });
  return schemaDiff.generateMigrations(diff, dialect, {
    bundle: { checksum, version: bundle.manifest.version },
  });
}
