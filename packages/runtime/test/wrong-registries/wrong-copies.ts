import { ObjectStackError } from '@objectstack/spec/shared';
import type { WrongRegistries } from './wrong-registry.js';

/** Registries with a fault in the records of copies of tenants. */
export const wrongCopies: WrongRegistries = {
  'lists copies of all tenants': {
    breaks: ['copy/complete'],
    methods: (registry) => ({
      listTenantCopies: ({ tenantId: _, ...query }) => registry.listTenantCopies(query),
    }),
  },
  'adds a copy once more': {
    breaks: ['copy/unique'],
    methods: (registry) => ({
      addTenantCopy: async (copy, by) => {
        try {
          await registry.addTenantCopy(copy, by);
        } catch (error) {
          if (!ObjectStackError.isInstance(error, 'unique_violation')) throw error;
        }
      },
    }),
  },
  'changes copies whenever they expire': {
    breaks: ['copy/change'],
    methods: (registry) => ({
      changeTenantCopy: (id, from, { expiresBefore: _, ...change }, by) =>
        registry.changeTenantCopy(id, from, change, by),
    }),
  },
  'forgets who made a backup': {
    breaks: ['copy/audit'],
    methods: (registry) => ({
      changeTenantCopy: (id, from, change) => registry.changeTenantCopy(id, from, change),
    }),
  },
  'removes copies in every status': {
    breaks: ['copy/remove'],
    methods: (registry) => ({
      removeTenantCopy: async (id) => {
        await registry.changeTenantCopy(id, 'creating', { status: 'deleting' });
        await registry.removeTenantCopy(id);
      },
    }),
  },
  'leaves the record of a copy that became a database': {
    breaks: ['copy/tenant'],
    methods: (registry) => ({
      createTenantFromCopy: async (id, record, by) => {
        const copy = await registry.getTenantCopy(id);
        const created = await registry.createTenantFromCopy(id, record, by);
        if (copy && created?.created) await registry.addTenantCopy(copy);
        return created;
      },
    }),
  },
  'creates tenants from copies that are being deleted': {
    breaks: ['copy/tenant-creating'],
    methods: (registry) => ({
      createTenantFromCopy: async (id, record, by) =>
        (await registry.createTenantFromCopy(id, record, by)) ??
        ((await registry.getTenantCopy(id))?.status === 'deleting'
          ? registry.createTenant(record, by)
          : null),
    }),
  },
  'switches without an audit entry of the caller': {
    breaks: ['copy/switch'],
    methods: (registry) => ({
      switchDatabase: (tenantId, change) => registry.switchDatabase(tenantId, change),
    }),
  },
  'switches without the deployment that the database contains': {
    breaks: ['copy/switch'],
    methods: (registry) => ({
      switchDatabase: (tenantId, { deploymentId: _, ...change }, by) =>
        registry.switchDatabase(tenantId, change, by),
    }),
  },
  'switches whatever the deadline is': {
    breaks: ['copy/switch-unchanged'],
    methods: (registry) => ({
      switchDatabase: async (tenantId, change, by) => {
        const deadlineAt = (await registry.getTenant(tenantId))?.deadlineAt ?? null;
        return registry.switchDatabase(tenantId, { ...change, from: { ...change.from, deadlineAt } }, by);
      },
    }),
  },
  'says that every switch took place': {
    breaks: ['copy/switch-unchanged', 'copy/switch-once'],
    methods: (registry) => ({
      switchDatabase: async (tenantId, change, by) =>
        (await registry.switchDatabase(tenantId, change, by)) ?? registry.getTenant(tenantId),
    }),
  },
};
