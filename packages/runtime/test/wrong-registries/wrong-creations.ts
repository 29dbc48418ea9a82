import type { ITenantRegistry, TenantRecord } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { callsAtOnce } from './calls-at-once.js';
import { type WrongRegistries, without, withTenant } from './wrong-registry.js';

const searched = callsAtOnce();

type Create = ITenantRegistry['createTenant'];

const createAs = (registry: ITenantRegistry, change: (record: TenantRecord) => TenantRecord) => ({
  createTenant: (record: TenantRecord) => registry.createTenant(change(record)),
});

/** Answers another call after a rejected one. */
const insteadOfRejection =
  (registry: ITenantRegistry, isMeant: (record: TenantRecord, existing: TenantRecord) => boolean): Create =>
  async (record) => {
    const existing = (await registry.listAllTenants()).find((one) => isMeant(record, one));
    return existing ? { record: existing, created: false } : registry.createTenant(record);
  };

/** Registries with a fault in creating tenants. */
export const wrongCreations: WrongRegistries = {
  'does not say that it created a tenant': {
    breaks: [
      'create/returns',
      'create/request-key-scope',
      'create/no-request-key',
      'create/concurrent',
      'fencing/new-tenant',
    ],
    methods: (registry) => ({
      createTenant: async (record) => ({ ...(await registry.createTenant(record)), created: false }),
    }),
  },
  'returns the given record instead of the stored one': {
    breaks: [
      'fencing/existing-tenant',
      'create/request-key',
      'create/request-key-of-destroyed',
      'create/concurrent',
      'names/not-created',
      'template/tenants',
    ],
    methods: (registry) => ({
      createTenant: async (record) => ({ ...(await registry.createTenant(record)), record }),
    }),
  },
  'keeps the record that was passed': {
    breaks: ['create/copies-the-record'],
    methods: (registry) => {
      const kept = new Map<string, TenantRecord>();
      return {
        createTenant: async (record) => {
          const answer = await registry.createTenant(record);
          if (answer.created) kept.set(record.tenant.id, record);
          return answer;
        },
        getTenant: async (tenantId) => {
          const record = await registry.getTenant(tenantId);
          const name = kept.get(tenantId)?.tenant.name;
          return record && name !== undefined ? withTenant(record, { name }) : record;
        },
      };
    },
  },
  'cuts metadata': {
    breaks: ['create/complete', 'create/copies-the-record'],
    methods: (registry) => ({
      getTenant: async (tenantId) => {
        const record = await registry.getTenant(tenantId);
        if (!record?.tenant.metadata) return record;
        return withTenant(record, { metadata: { source: record.tenant.metadata.source } });
      },
    }),
  },
  'overwrites the request of a request key': {
    breaks: ['create/request-key', 'fencing/new-tenant'],
    methods: (registry) => ({
      createTenant: async (record) => {
        const { record: stored, created } = await registry.createTenant(record);
        return { created, record: { ...stored, requestFingerprint: record.requestFingerprint } };
      },
    }),
  },
  'forgets the request keys of destroyed tenants': {
    breaks: ['create/request-key-of-destroyed', 'read/request-key'],
    methods: (registry) =>
      createAs(registry, (record) => (record.destroyedAt ? { ...record, requestKey: null } : record)),
  },
  'shares request keys between organizations': {
    breaks: ['create/request-key-scope'],
    methods: (registry) => ({
      createTenant: insteadOfRejection(
        registry,
        ({ requestKey, databaseName }, existing) =>
          requestKey !== null &&
          existing.requestKey === requestKey &&
          existing.databaseName !== databaseName &&
          !existing.destroyedAt,
      ),
    }),
  },
  'compares request keys without case': {
    breaks: ['create/request-key-scope'],
    methods: (registry) =>
      createAs(registry, (record) => ({ ...record, requestKey: record.requestKey?.toLowerCase() ?? null })),
  },
  'takes tenants without a request key for one': {
    breaks: ['create/no-request-key'],
    methods: (registry) => ({
      createTenant: async (record) => {
        const others = await registry.listTenants(record.tenant.organizationId);
        const { created, ...answer } = await registry.createTenant(record);
        const isFirst = record.requestKey !== null || others.every(({ requestKey }) => requestKey !== null);
        return { ...answer, created: created && isFirst };
      },
    }),
  },
  'looks for the request key before it adds the tenant': {
    breaks: ['create/request-key-of-destroyed', 'create/concurrent'],
    methods: (registry) => ({
      createTenant: async (record) => {
        const tenants = await searched.run(() => registry.listTenants(record.tenant.organizationId));
        const existing = tenants.find(
          ({ requestKey }) => requestKey !== null && requestKey === record.requestKey,
        );
        if (existing || record.destroyedAt) return registry.createTenant(record);
        await searched.ended();
        const answer = await registry.createTenant(record);
        return { ...answer, created: true };
      },
    }),
  },
  'takes no lease of a new tenant': {
    breaks: ['fencing/new-tenant'],
    methods: (registry) => ({
      createTenant: (record, by) => registry.createTenant(record, by, undefined),
    }),
  },
  'starts no step with a new tenant': {
    breaks: ['fencing/new-tenant'],
    methods: (registry) => ({
      createTenant: (record, by, lease) => registry.createTenant(record, by, lease && without(lease, 'step')),
    }),
  },
  'takes the lease of a tenant that exists': {
    breaks: ['fencing/existing-tenant'],
    methods: (registry) => ({
      createTenant: async (record, by, lease) => {
        const answer = await registry.createTenant(record, by, lease);
        const token = lease && !answer.created && (await registry.takeLease(answer.record.tenant.id, lease));
        return { ...answer, ...(token && { lease: token }) };
      },
    }),
  },
  'returns the tenant that has the id': {
    breaks: ['create/same-id'],
    methods: (registry) => ({
      createTenant: insteadOfRejection(registry, ({ tenant }, other) => tenant.id === other.tenant.id),
    }),
  },
  'reuses the databases of destroyed tenants': {
    breaks: ['create/request-key-of-destroyed', 'create/same-database', 'read/destroyed', 'read/request-key'],
    methods: (registry) =>
      createAs(registry, (record) =>
        record.destroyedAt ? { ...record, databaseName: `gone-${record.databaseName}` } : record,
      ),
  },
  'shows the database name in the error': {
    breaks: ['create/same-database'],
    methods: (registry) => ({
      createTenant: (record) =>
        registry.createTenant(record).catch((error: ObjectStackError) => {
          throw new ObjectStackError({ code: error.code, message: `${record.databaseName} exists.` });
        }),
    }),
  },
};
