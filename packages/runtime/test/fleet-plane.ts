import type { DeployBundleInput } from '@objectstack/spec/system';
import { onTestFinished } from 'vitest';
import { createFleetService } from '../src/fleet/create-fleet-service.js';
import { SEALER } from './app-plane.js';
import { activeTenant } from './control-plane.js';
import { openDeployPlane } from './deploy-plane.js';
import { bundleOf, objectOf } from './sample-bundles.js';

const account = objectOf('account', { name: { type: 'text' }, email: { type: 'email' } });

export const V1: DeployBundleInput = bundleOf({ objects: [account] });

/** A field with an index. */
export const V2: DeployBundleInput = bundleOf(
  {
    objects: [{ ...account, fields: { ...account.fields, rating: { type: 'number', index: true } } }],
  },
  '2.0.0',
);

/** A unique field, which duplicates prevent. */
export const UNIQUE: DeployBundleInput = bundleOf(
  { objects: [{ ...account, fields: { ...account.fields, email: { type: 'email', unique: true } } }] },
  '3.0.0',
);

/** A removed field, which needs approval. */
export const REMOVED: DeployBundleInput = bundleOf(
  { objects: [objectOf('account', { name: { type: 'text' } })] },
  '4.0.0',
);

type PlaneOptions = NonNullable<Parameters<typeof openDeployPlane>[0]>;

/** A plane with tenants that run V1, and the fleet service on the same parts. */
export async function openFleet(tenants: number, options: PlaneOptions = {}) {
  const plane = await openDeployPlane(options);
  const tenantIds: string[] = [];
  for (let index = 0; index < tenants; index++) {
    const tenantId = await activeTenant(plane);
    await plane.deployments.deploy(tenantId, V1);
    tenantIds.push(tenantId);
  }
  tenantIds.sort();
  const { environment = 'prod' } = options;
  const openService = (changed: Partial<Pick<typeof plane, 'registry'>> = {}) => {
    const service = createFleetService({
      ...plane,
      ...changed,
      environment,
      runtimeVersion: '1.2.3',
      sealer: SEALER,
    });
    onTestFinished(() => service.stop());
    return service;
  };
  return { ...plane, tenantIds, openService, fleet: openService() };
}
