import type { IProvisioningService } from '@objectstack/spec/contracts';
import type { ChangedProcess } from '../provisioning-suite.js';

/** A deviation of a provisioning service: the methods that differ, and the requirements that they violate. */
export interface WrongService {
  readonly breaks: readonly string[];
  readonly methods: (process: ChangedProcess) => Partial<IProvisioningService>;
}

const ignored = () => undefined;

/** The same tenant every time. */
function remembered({ provisioning }: ChangedProcess): Partial<IProvisioningService> {
  let first: ReturnType<IProvisioningService['provisionTenant']> | undefined;
  return {
    provisionTenant: async (request, options) => {
      if (request.requestKey !== undefined || options !== undefined || Object.keys(request).length > 1)
        return provisioning.provisionTenant(request, options);
      first ??= provisioning.provisionTenant(request);
      return first;
    },
  };
}

export const WRONG_SERVICES: Readonly<Record<string, WrongService>> = {
  'returns before the tenant is active': {
    breaks: ['provision/active'],
    methods: ({ provisioning }) => ({
      provisionTenant: async (request, options) => {
        const result = await provisioning.provisionTenant(request, options);
        return request.plan === 'pro' && result.status === 'active' ? { ...result, steps: [] } : result;
      },
    }),
  },
  'gives every request without a key one tenant': {
    breaks: ['provision/without-key', 'lifecycle/destroy-one'],
    methods: remembered,
  },
  'forgets the request key': {
    breaks: [
      'provision/key',
      'provision/conflict',
      'provision/parallel',
      'provision/waits',
      'lifecycle/destroy',
      'lifecycle/plan',
    ],
    methods: ({ provisioning }) => ({
      provisionTenant: ({ requestKey: _, ...request }, options) =>
        provisioning.provisionTenant(request, options),
    }),
  },
  'shares request keys among organizations': {
    breaks: ['provision/key-of-organization'],
    methods: ({ provisioning }) => ({
      provisionTenant: (request, options) =>
        provisioning.provisionTenant(
          request.requestKey === undefined || request.orgId === undefined
            ? request
            : { ...request, orgId: 'acme' },
          options,
        ),
    }),
  },
  'accepts another request with the same key': {
    breaks: ['provision/conflict'],
    methods: ({ provisioning }) => ({
      provisionTenant: (request, options) => {
        const { displayName: _, region: _region, plan, ...rest } = request;
        const same = request.requestKey === undefined ? request : rest;
        return provisioning.provisionTenant(
          request.requestKey === undefined && plan ? { ...same, plan } : same,
          options,
        );
      },
    }),
  },
  'creates a tenant for an unknown template': {
    breaks: ['provision/refuses'],
    methods: ({ provisioning }) => ({
      provisionTenant: ({ templateName: _, ...request }, options) =>
        provisioning.provisionTenant(request, options),
    }),
  },
  'ignores that a request was aborted': {
    breaks: ['provision/aborted'],
    methods: ({ provisioning }) => ({
      provisionTenant: (request, { signal: _, ...options } = {}) =>
        provisioning.provisionTenant(request, options),
    }),
  },
  'waits never, also without waitMs': {
    breaks: [
      'provision/aborted',
      'provision/active',
      'provision/conflict',
      'provision/key',
      'provision/key-of-organization',
      'provision/parallel',
      'provision/waits',
      'lifecycle/aborted',
      'lifecycle/destroy',
      'lifecycle/plan',
    ],
    methods: ({ provisioning }) => ({
      provisionTenant: async (request, options) => {
        const result = await provisioning.provisionTenant(request, options);
        const isSeen = request.plan === 'pro' || options?.waitMs === 0 || request.requestKey === undefined;
        return isSeen && request.plan !== 'pro' ? result : ({ ...result, status: 'provisioning' } as never);
      },
    }),
  },
  'suspends nothing': {
    breaks: ['lifecycle/suspend', 'lifecycle/suspend-at-database'],
    methods: ({ provisioning }) => ({
      suspendTenant: async (tenantId, options) => {
        await provisioning.resumeTenant(tenantId, options);
      },
    }),
  },
  'suspends only in the registry': {
    breaks: ['lifecycle/suspend-at-database'],
    methods: ({ provisioning, dataPlane }) => ({
      suspendTenant: async (tenantId, options) => {
        await provisioning.suspendTenant(tenantId, options);
        await dataPlane.platform.setDatabaseAccess(`t-${tenantId}`, {
          blockReads: false,
          blockWrites: false,
        });
      },
    }),
  },
  'resumes nothing': {
    breaks: ['lifecycle/resume'],
    methods: ({ provisioning }) => ({
      resumeTenant: async (tenantId) => {
        const status = await provisioning.getTenantStatus(tenantId);
        if (status !== 'suspended') await provisioning.resumeTenant(tenantId);
      },
    }),
  },
  'destroys nothing': {
    breaks: ['lifecycle/destroy', 'lifecycle/destroy-suspended', 'lifecycle/state'],
    methods: ({ provisioning }) => ({
      destroyTenant: async (tenantId, options) => {
        if (options?.signal?.aborted) return provisioning.destroyTenant(tenantId, options);
        await provisioning.getTenantStatus(tenantId);
      },
    }),
  },
  'refuses to destroy a suspended tenant': {
    breaks: ['lifecycle/destroy-suspended'],
    methods: ({ provisioning }) => ({
      destroyTenant: async (tenantId, options) => {
        const status = await provisioning.getTenantStatus(tenantId);
        if (status === 'suspended') return provisioning.migrateTenantPlan(tenantId, 'pro');
        await provisioning.destroyTenant(tenantId, options);
      },
    }),
  },
  'destroys the other tenants of the organization too': {
    breaks: ['lifecycle/destroy-one'],
    methods: ({ provisioning, tenants }) => ({
      destroyTenant: async (tenantId, options) => {
        await provisioning.destroyTenant(tenantId, options);
        for (const { id } of (await tenants.list()).items) await provisioning.destroyTenant(id);
      },
    }),
  },
  'ignores a change of a destroyed tenant': {
    breaks: ['lifecycle/state'],
    methods: ({ provisioning }) => ({
      suspendTenant: async (tenantId, options) => {
        const status = await provisioning.getTenantStatus(tenantId);
        if (status !== 'destroying') await provisioning.suspendTenant(tenantId, options);
      },
    }),
  },
  'does not know unknown tenants': {
    breaks: ['lifecycle/unknown'],
    methods: ({ provisioning }) => ({
      destroyTenant: (tenantId, options) =>
        options?.signal?.aborted || tenantId.length > 10
          ? provisioning.destroyTenant(tenantId, options)
          : Promise.resolve(),
    }),
  },
  'ignores that a change was aborted': {
    breaks: ['lifecycle/aborted'],
    methods: ({ provisioning }) => ({
      suspendTenant: (tenantId) => provisioning.suspendTenant(tenantId),
    }),
  },
  'changes no plan': {
    breaks: ['lifecycle/plan'],
    methods: ({ provisioning }) => ({
      migrateTenantPlan: async (tenantId, plan, options) => {
        if (options?.signal?.aborted || tenantId.length < 10)
          return provisioning.migrateTenantPlan(tenantId, plan, options);
        const status = await provisioning.getTenantStatus(tenantId);
        if (status === 'destroying') await provisioning.migrateTenantPlan(tenantId, plan);
        return ignored();
      },
    }),
  },
};
