import { tursoLocal } from '@objectstack/driver-turso';
import { createRuntime } from '@objectstack/runtime';
import { IS_EXHAUSTIVE, temporaryFolder } from '@objectstack/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openFleet, VIOLATING } from './open-fleet.js';
import { rollOut } from './roll-out.js';

const TENANTS = IS_EXHAUSTIVE ? 200 : 30;

describe('rollOut', () => {
  it('deploys to the tenants without duplicates, and to the others when it is resumed', {
    timeout: 120_000,
  }, async () => {
    const os = await createRuntime({ dataPlane: tursoLocal({ dir: await temporaryFolder() }) });
    onTestFinished(() => os.close());
    const tenantIds = await openFleet(os, TENANTS);
    const lines: string[] = [];
    const ended = await rollOut(os, (line) => lines.push(line));
    expect(lines.slice(0, 5)).toEqual([
      `${TENANTS} tenants, 1 plan(s), ${VIOLATING} refused`,
      `unique_violation in contact: ${VIOLATING} tenants`,
      `completed: {"deployed":${TENANTS - VIOLATING},"refused":${VIOLATING}}`,
      `completed: {"deployed":${TENANTS}}`,
      `${TENANTS} contacts in all tenants`,
    ]);
    expect(ended).toMatchObject({ status: 'completed', progress: { failures: {} } });
    for (const tenantId of tenantIds)
      expect((await os.deployments.latest(tenantId))?.bundleVersion).toBe('2.0.0');
  });
});
