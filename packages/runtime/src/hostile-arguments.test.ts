import { inspect } from 'node:util';
import { tursoLocal } from '@objectstack/driver-turso';
import { ObjectStackError, undeclaredFacts } from '@objectstack/spec/shared';
import { HOSTILE_VALUES, temporaryFolder } from '@objectstack/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { bundleOf, objectOf } from '../test/sample-bundles.js';
import * as runtimeExports from './index.js';

const SESSION = {
  id: 'session',
  userId: 'ada',
  activeOrganizationId: 'acme',
  expiresAt: '2999-01-01T00:00:00.000Z',
};

type Methods = Record<string, (...args: unknown[]) => unknown>;

const BUNDLE = bundleOf({ objects: [objectOf('item', { name: { type: 'text' } })] });

/** The outcome of a call if it is neither a result nor a typed error that blames the caller. */
async function escaped(call: () => unknown): Promise<string | null> {
  try {
    await call();
    return null;
  } catch (error) {
    if (!ObjectStackError.isInstance(error)) return `raw ${String(error)}`;
    if (error.code === 'internal' || error.code === 'sql_error') return error.code;
    if (undeclaredFacts(error).length > 0) return `facts ${undeclaredFacts(error).join()}`;
    const told = `${error.message} ${inspect(error, { depth: 8 })}`;
    return /CANARY/.test(told) ? 'leaks' : null;
  }
}

/** Replaces each argument in turn by every hostile value. */
async function attack(
  name: string,
  method: (...args: unknown[]) => unknown,
  makeArgs: () => unknown[],
): Promise<string[]> {
  const found: string[] = [];
  for (let at = 0; at < makeArgs().length; at++) {
    for (const [what, make] of Object.entries(HOSTILE_VALUES)) {
      const args = makeArgs().map((arg, index) => (index === at ? make() : arg));
      const outcome = await escaped(() => method(...args));
      if (outcome) found.push(`${name}, argument ${at}: ${what}: ${outcome}`);
    }
  }
  return found;
}

async function openRuntime() {
  const runtime = await runtimeExports.createRuntime({
    dataPlane: tursoLocal({ dir: await temporaryFolder() }),
  });
  onTestFinished(() => runtime.close());
  const { tenantId } = await runtime.provisioning.provisionTenant({ orgId: 'acme' });
  const plan = await runtime.deployments.planDeployment(tenantId, BUNDLE);
  return { runtime, tenantId, plan };
}

type World = Awaited<ReturnType<typeof openRuntime>>;

/** Arguments of every method of every service. A method that is missing here fails the test. */
const CALLS: Record<string, Record<string, (world: World) => unknown[]>> = {
  provisioning: {
    provisionTenant: () => [{ orgId: 'acme' }, {}],
    suspendTenant: () => ['none', {}],
    resumeTenant: ({ tenantId }) => [tenantId, {}],
    destroyTenant: () => ['none', {}],
    getTenantStatus: ({ tenantId }) => [tenantId],
    migrateTenantPlan: ({ tenantId }) => [tenantId, 'free', {}],
    sweep: () => [{}],
    inspectTenants: () => [{}],
    recoverTenant: ({ tenantId }) => [tenantId, {}],
    adoptTenant: () => [{ orgId: 'acme', databaseName: 'none' }, {}],
    baselineTenant: () => [{ orgId: 'acme', databaseName: 'none', bundle: BUNDLE }, {}],
  },
  keys: { rotate: () => [{}] },
  tenants: {
    list: () => [{ organizationId: 'acme', page: {} }],
    get: ({ tenantId }) => [tenantId],
    audit: ({ tenantId }) => [tenantId, {}],
    setSlug: ({ tenantId }) => [tenantId, 'acme', {}],
    setHostnames: ({ tenantId }) => [tenantId, ['app.acme.example'], {}],
    setQuotas: ({ tenantId }) => [tenantId, { maxUsers: 9 }, {}],
    addMember: ({ tenantId }) => [tenantId, 'ada', {}],
    removeMember: ({ tenantId }) => [tenantId, 'ada', {}],
    listMembers: ({ tenantId }) => [tenantId, {}],
  },
  router: {
    resolveTenant: () => [SESSION, { request: { url: '/', headers: {} } }],
    getTenantClient: ({ tenantId }) => [tenantId, {}],
    invalidateCache: ({ tenantId }) => [tenantId],
  },
  deployments: {
    validateBundle: () => [BUNDLE, { plan: 'free' }],
    planDeployment: ({ tenantId }) => [tenantId, BUNDLE, {}],
    deploy: ({ tenantId }) => [tenantId, BUNDLE, {}],
    executeDeployment: ({ tenantId, plan }) => [tenantId, plan, {}],
    rollbackDeployment: ({ tenantId }) => [tenantId, 'none', {}],
    list: ({ tenantId }) => [tenantId, {}],
    get: ({ tenantId }) => [tenantId, 'none'],
    latest: ({ tenantId }) => [tenantId],
    sweep: () => [{}],
  },
  fleet: {
    createRelease: () => [BUNDLE, { name: '1' }],
    createAppRelease: () => [{ ...BUNDLE, name: 'crm', version: '1.0.0' }, { name: '2' }],
    getRelease: () => ['none'],
    listReleases: () => [{}],
    setChannel: () => ['beta', null, {}],
    listChannels: () => [{}],
    setTenantChannel: ({ tenantId }) => [tenantId, 'stable', {}],
    getTenantRelease: ({ tenantId }) => [tenantId],
    planRollout: () => ['none', {}, {}],
    startRollout: () => ['none', {}, {}],
    getRollout: () => ['none'],
    listRollouts: () => [{}],
    listRolloutTenants: () => ['none', {}],
    waitForRollout: () => ['none', {}],
    watchRollout: () => ['none', {}],
    pauseRollout: () => ['none', {}],
    resumeRollout: () => ['none', {}],
    abortRollout: () => ['none', {}],
    rollbackRollout: () => ['none', {}],
    getFleetStatus: () => [{}],
    listTenantReleases: () => [{}],
    reportDrift: () => [{}, {}],
    query: () => [{}, 'account', {}, {}],
    aggregate: () => [{}, 'account', { aggregations: [{ function: 'count', alias: 'n' }] }, {}],
  },
  quotas: {
    checkQuota: ({ tenantId }) => [tenantId, 'maxRecords', 1, {}],
    getUsage: ({ tenantId }) => [tenantId, {}],
    reserve: ({ tenantId }) => [tenantId, 'maxUsers', 1, {}],
    commit: () => ['none'],
    release: () => ['none'],
    recount: ({ tenantId }) => [tenantId],
  },
  tenantData: {
    exportTenant: ({ tenantId }) => [tenantId, {}],
    importTenant: () => [[], { orgId: 'acme' }, {}],
    cloneTenant: () => ['none', {}, {}],
    backupTenant: () => ['none', {}, {}],
    listBackups: ({ tenantId }) => [tenantId, {}],
    deleteBackup: ({ tenantId }) => [tenantId, 'none', {}],
    restoreTenant: ({ tenantId }) => [tenantId, { backupId: 'none' }, {}],
    moveTenant: () => ['none', { region: 'eu-west' }, {}],
  },
  apps: {},
};

/** The exported functions. Those that create a service from trusted parts are covered through `createRuntime`. */
const FUNCTIONS: Record<string, (() => unknown[]) | 'trusted parts'> = {
  bundleFromStack: () => [{}],
  createFileAppRegistry: () => ['/nonexistent/apps'],
  createFileBundleStore: () => ['/nonexistent/bundles'],
  parseBundle: () => ['{}'],
  parseDocument: () => ['{}'],
  validateBundle: () => [BUNDLE, {}],
  createRuntime: () => [{}],
  createSecretSealer: () => [{ keys: [] }],
  createDeployPipeline: 'trusted parts',
  createProvisioningService: 'trusted parts',
  createQuotaService: 'trusted parts',
  createTenantRegistry: 'trusted parts',
  createTenantRouter: 'trusted parts',
  joinDataPlanes: 'trusted parts',
};

describe('hostile arguments', () => {
  it('of every method of every service are rejected with a typed error and leave the runtime usable', {
    timeout: 120_000,
  }, async () => {
    const world = await openRuntime();
    const { runtime, tenantId } = world;
    const found: string[] = [];
    for (const [service, methods] of Object.entries(runtime)) {
      if (typeof methods === 'function') continue;
      for (const [name, method] of Object.entries(methods as Methods)) {
        if (typeof method !== 'function') continue;
        const args = service === 'apps' ? () => ['none', 'none', {}, {}] : CALLS[service]?.[name];
        if (!args) found.push(`${service}.${name} is not covered`);
        else found.push(...(await attack(`${service}.${name}`, method, () => args(world))));
      }
    }
    expect(found).toEqual([]);
    expect(await runtime.provisioning.getTenantStatus(tenantId)).toBe('active');
    expect(await runtime.deployments.planDeployment(tenantId, BUNDLE)).toMatchObject({
      bundleVersion: '1.0.0',
    });
  });

  it('of every exported function are rejected with a typed error', async () => {
    const found: string[] = [];
    for (const [name, exported] of Object.entries(runtimeExports)) {
      const args = FUNCTIONS[name];
      if (!args) found.push(`${name} is not covered`);
      else if (args !== 'trusted parts')
        found.push(...(await attack(name, exported as (...args: unknown[]) => unknown, args)));
    }
    found.push(...(await attack('tursoLocal', tursoLocal as never, () => [{ dir: '/nonexistent' }])));
    expect(found).toEqual([]);
  });

  it('of calls after close are rejected with runtime_closed', async () => {
    const { runtime, tenantId, plan } = await openRuntime();
    await runtime.close();
    const world = { runtime, tenantId, plan };
    for (const [service, methods] of Object.entries(CALLS)) {
      for (const [name, args] of Object.entries(methods)) {
        const method = (runtime as unknown as Record<string, Methods>)[service]?.[name];
        await expect(async () => method?.(...args(world))).rejects.toMatchObject({ code: 'runtime_closed' });
      }
    }
  });
});
