import { tursoLocal } from '@objectstack/driver-turso';
import { NOT_SUPPORTED, type NotSupportedFeature, ObjectStackError } from '@objectstack/spec/shared';
import { temporaryFolder } from '@objectstack/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DEPLOYED, REFUSED_CALLS, type RefusingWorld } from '../test/refused-calls.js';
import { createRuntime } from './index.js';

async function openWorld(): Promise<RefusingWorld> {
  const dataPlane = tursoLocal({ dir: await temporaryFolder() });
  const runtime = await createRuntime({ dataPlane });
  onTestFinished(() => runtime.close());
  const { tenantId } = await runtime.provisioning.provisionTenant({ orgId: 'acme' });
  const plan = await runtime.deployments.planDeployment(tenantId, DEPLOYED);
  await runtime.deployments.executeDeployment(tenantId, plan);
  return { runtime, dataPlane, driver: await runtime.router.getTenantClient(tenantId), tenantId };
}

/** What became of the call: the feature that it was refused for, or what else happened. */
async function refusalOf(feature: NotSupportedFeature, world: RefusingWorld): Promise<string> {
  const call = REFUSED_CALLS[feature];
  if (!call) return 'has no call';
  try {
    await call(world);
    return 'is not refused';
  } catch (error) {
    if (!ObjectStackError.isInstance(error)) return String(error);
    return error.code === 'not_supported' ? String(error.details.feature) : error.code;
  }
}

describe('NOT_SUPPORTED', () => {
  it('is what a call through the packages is refused with, each entry until it is removed', async () => {
    const world = await openWorld();
    const features = Object.keys(NOT_SUPPORTED) as NotSupportedFeature[];
    const refusals: Record<string, string> = {};
    for (const feature of features) refusals[feature] = await refusalOf(feature, world);
    console.table(features.map((feature) => ({ feature, ...NOT_SUPPORTED[feature] })));
    expect(refusals).toEqual(Object.fromEntries(features.map((feature) => [feature, feature])));
  });
});
