import type { TenantProvisioningStatus } from '@objectstack/spec/system';
import { sampleOf } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import {
  activeTenant,
  type ControlPlane,
  GRACE_MS,
  openControlPlane,
  readableDatabases,
} from '../../test/control-plane.js';
import { crashImages } from '../../test/crash-images.js';
import { folderWith, readFolder } from '../../test/folder-content.js';
import type { Work } from '../../test/work-child.js';

const TIMEOUT_MS = 240_000;
const LATER_MS = GRACE_MS + 1;

type Call = Extract<Work, { kind: 'provisioning' }>;

/** A method that changes the registry, the state it starts from, and the platform's writes that it makes. */
interface Case {
  readonly method: Call['method'];
  readonly args?: readonly unknown[];
  readonly laterMs?: number;
  readonly platform?: readonly string[];
  prepare?(plane: ControlPlane, tenantId: string): Promise<void>;
  readonly left: {
    readonly status: TenantProvisioningStatus;
    readonly plan?: string;
    readonly purged?: boolean;
  };
}

const CASES: readonly Case[] = [
  { method: 'suspendTenant', platform: ['setDatabaseAccess'], left: { status: 'suspended' } },
  {
    method: 'resumeTenant',
    platform: ['setDatabaseAccess'],
    prepare: ({ provisioning }, tenantId) => provisioning.suspendTenant(tenantId),
    left: { status: 'active' },
  },
  { method: 'migrateTenantPlan', args: ['pro'], left: { status: 'active', plan: 'pro' } },
  { method: 'destroyTenant', platform: ['setDatabaseAccess'], left: { status: 'destroying' } },
  {
    method: 'recoverTenant',
    platform: ['setDatabaseAccess'],
    prepare: ({ provisioning }, tenantId) => provisioning.destroyTenant(tenantId),
    left: { status: 'active' },
  },
  {
    method: 'sweep',
    laterMs: LATER_MS,
    platform: ['deleteDatabase', 'purgeDatabase'],
    prepare: ({ provisioning }, tenantId) => provisioning.destroyTenant(tenantId),
    left: { status: 'destroying', purged: true },
  },
];

/** The files of a tenant in the state that the call starts from, and the call. */
async function prepared({ method, args = [], laterMs = 0, prepare }: Case) {
  const plane = await openControlPlane();
  const tenantId = await activeTenant(plane);
  await prepare?.(plane, tenantId);
  const all = method === 'sweep' ? [] : [tenantId, ...args];
  const work: Call = { kind: 'provisioning', method, args: all, laterMs };
  await plane.dataPlane.close();
  return { tenantId, work, content: await readFolder(plane.dir) };
}

async function stateOf({ registry, dataPlane }: ControlPlane, tenantId: string) {
  const record = await registry.getTenant(tenantId);
  return {
    status: record?.tenant.provisioningStatus,
    plan: record?.tenant.plan,
    purged: record?.destroyedAt !== null,
    readable: (await readableDatabases({ dataPlane })).length,
  };
}

describe('a change of a tenant whose process is killed', () => {
  it.each(CASES)(
    'is completed by a repetition of $method, wherever it was',
    async (one) => {
      const { tenantId, work, content } = await prepared(one);
      const { status, plan = 'free', purged = false } = one.left;
      const readable = status === 'active' ? 1 : 0;
      const calls = ['registry.updateTenant', ...(one.platform ?? [])];
      const at = ['write', ...calls.flatMap((call) => [`before ${call}`, `after ${call}`])];
      const { contentAt, points } = await crashImages({ content, tenantId, work, at });
      for (const stop of sampleOf(points, 7)) {
        const plane = await openControlPlane({ dir: await folderWith(await contentAt(stop)) });
        plane.clock.advance(work.laterMs ?? 0);
        const method = plane.provisioning[work.method] as (...args: readonly unknown[]) => Promise<unknown>;
        await method(...work.args);
        expect(await stateOf(plane, tenantId), stop.at).toEqual({ status, plan, purged, readable });
        expect(await plane.provisioning.inspectTenants()).toEqual([]);
      }
      expect(new Set(points.map((point) => point.at))).toEqual(new Set(at));
    },
    TIMEOUT_MS,
  );
});
