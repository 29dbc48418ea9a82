import type { TenantRecord } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { WrongRegistries } from './wrong-registry.js';

/** While a call of any process runs. */
let isStarting = false;

const byLocale = (one: TenantRecord, other: TenantRecord) =>
  one.tenant.id.localeCompare(other.tenant.id, 'en');

/** Registries with a fault in being opened and closed, and in reading and listing tenants. */
export const wrongTenants: WrongRegistries = {
  'finds no destroyed tenant by its request key': {
    breaks: ['read/request-key'],
    methods: (registry) => ({
      findByRequestKey: async (...args) => {
        const record = await registry.findByRequestKey(...args);
        return record?.destroyedAt ? null : record;
      },
    }),
  },
  'cannot be initialized twice': {
    breaks: ['initialize/repeats', 'initialize/concurrent'],
    methods: (registry) => {
      let times = 0;
      return {
        initialize: async () => {
          if (times++ > 0) throw new Error('It is initialized.');
          await registry.initialize();
        },
      };
    },
  },
  'cannot be initialized by two processes at once': {
    breaks: ['initialize/concurrent'],
    methods: (registry) => ({
      initialize: async () => {
        if (isStarting)
          throw new ObjectStackError({ code: 'database_busy', message: 'It is being initialized.' });
        isStarting = true;
        try {
          await registry.initialize();
        } finally {
          isStarting = false;
        }
      },
    }),
  },
  'cannot be closed twice': {
    breaks: ['close/repeats', 'close/keeps-data'],
    methods: (registry) => {
      let times = 0;
      return {
        close: async () => {
          if (times++ > 0) throw new Error('It is closed.');
          await registry.close();
        },
      };
    },
  },
  'loses the tenants that it created when it is closed': {
    breaks: ['close/keeps-data'],
    methods: (registry) => {
      const created: TenantRecord[] = [];
      const change = { provisioningStatus: 'destroying', destroyedAt: '2026-01-01T00:00:00.000Z' } as const;
      return {
        createTenant: async (record) => {
          created.push(record);
          return registry.createTenant(record);
        },
        close: async () => {
          for (const { tenant } of created.splice(0))
            await registry.updateTenant(tenant.id, ['provisioning'], change).catch(() => undefined);
          await registry.close();
        },
      };
    },
  },
  'finds tenants without regard to case': {
    breaks: ['read/unknown'],
    methods: (registry) => ({
      getTenant: async (tenantId) =>
        (await registry.getTenant(tenantId)) ?? (await registry.getTenant(tenantId.toLowerCase())),
    }),
  },
  'hides destroyed tenants': {
    breaks: ['read/destroyed'],
    methods: (registry) => ({
      getTenant: async (tenantId) => {
        const record = await registry.getTenant(tenantId);
        return record?.destroyedAt ? null : record;
      },
    }),
  },
  'sorts all tenants in the order of English': {
    breaks: ['read/all'],
    methods: (registry) => ({
      listAllTenants: async () => (await registry.listAllTenants()).sort(byLocale),
    }),
  },
  'omits destroyed tenants from all of them': {
    breaks: ['read/all'],
    methods: (registry) => ({
      listAllTenants: async () => (await registry.listAllTenants()).filter((one) => !one.destroyedAt),
    }),
  },
  'lists destroyed tenants of an organization': {
    breaks: ['read/of-organization', 'read/oldest-first'],
    methods: (registry) => ({
      listTenants: async (organizationId) =>
        (await registry.listAllTenants()).filter((one) => one.tenant.organizationId === organizationId),
    }),
  },
  'lists the tenants of similar organizations': {
    breaks: ['read/of-organization'],
    methods: (registry) => ({
      listTenants: async (organizationId) => [
        ...(await registry.listTenants(organizationId)),
        ...(await registry.listTenants(`A${organizationId.slice(1)}`)),
      ],
    }),
  },
  'lists the latest tenant first': {
    breaks: ['read/oldest-first'],
    methods: (registry) => ({
      listTenants: async (organizationId) => (await registry.listTenants(organizationId)).reverse(),
    }),
  },
  'counts the deadline itself as passed': {
    breaks: ['overdue/passed'],
    methods: (registry) => ({
      listOverdue: (now) => registry.listOverdue(new Date(Date.parse(now) + 1).toISOString()),
    }),
  },
  'lists destroyed tenants as overdue': {
    breaks: ['overdue/destroyed'],
    methods: (registry) => ({
      listOverdue: async (now) =>
        (await registry.listAllTenants()).filter(({ deadlineAt }) => deadlineAt !== null && deadlineAt < now),
    }),
  },
};
