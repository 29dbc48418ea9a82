import type { ITenantRegistry } from '@objectstack/spec/contracts';
import { type WrongRegistries, without } from './wrong-registry.js';

type Record = Parameters<ITenantRegistry['recordStep']>;
type Update = Parameters<ITenantRegistry['updateTenant']>;
type Take = Parameters<ITenantRegistry['takeLease']>;

const LATER = '2027-01-01T00:00:00.000Z';

/** Registries with a fault in the leases of provisioning. */
export const wrongFencing: WrongRegistries = {
  'takes a lease that is held': {
    breaks: [
      'fencing/takes',
      'fencing/takes-once',
      'fencing/starts',
      'fencing/releases',
      'fencing/extends',
      'fencing/new-tenant',
    ],
    methods: (registry) => ({
      takeLease: (...[tenantId, { until }]: Take) => registry.takeLease(tenantId, { now: LATER, until }),
    }),
  },
  'has one lease for all tenants': {
    breaks: ['fencing/tenants'],
    methods: (registry) => {
      const held = new Set<string>();
      return {
        takeLease: async (...[tenantId, lease]: Take) => {
          const isOther = held.size > 0 && !held.has(tenantId) && (await registry.getTenant(tenantId));
          held.add(tenantId);
          return isOther ? null : registry.takeLease(tenantId, lease);
        },
      };
    },
  },
  'does not start a step with a lease': {
    breaks: ['fencing/starts'],
    methods: (registry) => ({
      takeLease: (...[tenantId, lease]: Take) => registry.takeLease(tenantId, without(lease, 'step')),
    }),
  },
  'keeps the lease of a tenant that is no longer being provisioned': {
    breaks: ['fencing/releases'],
    methods: (registry) => ({
      updateTenant: async (...[tenantId, from, change]: Update) => {
        const update = await registry.updateTenant(tenantId, from, change);
        const { lease: token } = change;
        if (update.changed && token !== undefined)
          await registry.extendLease(tenantId, { token, until: LATER });
        return update;
      },
    }),
  },
  'says that it extended a lease that was taken over': {
    breaks: ['fencing/extends'],
    methods: (registry) => ({
      extendLease: async (...args) => {
        await registry.extendLease(...args);
        return true;
      },
    }),
  },
  'records steps without a look at the lease': {
    breaks: ['fencing/steps'],
    methods: (registry) => ({
      recordStep: (...[tenantId, name, change]: Record) =>
        registry.recordStep(tenantId, name, without(change, 'lease')),
    }),
  },
  'changes tenants without a look at the lease': {
    breaks: ['fencing/tenant', 'fencing/releases'],
    methods: (registry) => ({
      updateTenant: (...[tenantId, from, change]: Update) =>
        registry.updateTenant(tenantId, from, without(change, 'lease')),
    }),
  },
};
