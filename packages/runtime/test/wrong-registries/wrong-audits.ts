import type { AuditQuery, ITenantRegistry } from '@objectstack/spec/contracts';
import type { AuditEntry } from '@objectstack/spec/system';
import type { WrongRegistries, WrongRegistry } from './wrong-registry.js';

/** Returns other entries than those of the audit log. */
const listing = (change: (entries: AuditEntry[], query: AuditQuery) => AuditEntry[]) =>
  ((registry) => ({
    listAuditEntries: async (query) => change(await registry.listAuditEntries(query), query),
  })) satisfies WrongRegistry['methods'];

type Save = Parameters<ITenantRegistry['saveDeployment']>;

/** Registries with a fault in the audit log. */
export const wrongAudits: WrongRegistries = {
  'does not say who changed a deployment': {
    breaks: ['audit/origin'],
    methods: (registry) => ({
      saveDeployment: (...[record, guard]: Save) => registry.saveDeployment(record, guard),
    }),
  },
  'names an actor of its own': {
    breaks: [
      'audit/origin',
      'audit/without-origin',
      'audit/names',
      'copy/audit',
      'copy/switch',
      'copy/tenant',
      'pool/claim',
    ],
    methods: listing((entries) => entries.map((entry) => ({ ...entry, actor: 'system' }))),
  },
  'does not record changes of the plan': {
    breaks: ['audit/tenants', 'audit/pages'],
    methods: listing((entries) => entries.filter(({ action }) => action !== 'change_tenant_plan')),
  },
  'does not record changes of names': {
    breaks: ['audit/names'],
    methods: listing((entries) => entries.filter(({ action }) => action !== 'change_tenant_names')),
  },
  'records names that did not change': {
    breaks: ['audit/names'],
    methods: (registry) => ({
      listAuditEntries: async (query) => {
        const entries = await registry.listAuditEntries(query);
        return entries.flatMap((entry) => (entry.after === 'acme' ? [entry, entry] : [entry]));
      },
    }),
  },
  'does not record with which key a token is encrypted': {
    breaks: ['audit/keys'],
    methods: listing((entries) => entries.filter(({ action }) => action !== 'change_tenant_key')),
  },
  'forgets destroyed tenants': {
    breaks: ['audit/destroyed'],
    methods: (registry) => ({
      listAuditEntries: async (query) => {
        const isGone = (await registry.getTenant(query.tenantId))?.destroyedAt;
        return isGone ? [] : registry.listAuditEntries(query);
      },
    }),
  },
  'records each write of a deployment': {
    breaks: ['audit/deployments'],
    methods: (registry) => ({
      listAuditEntries: async (query) => {
        const entries = await registry.listAuditEntries(query);
        return entries.flatMap((entry) => (entry.after === 'ready' ? [entry, entry] : [entry]));
      },
    }),
  },
  'records changes that it refuses': {
    breaks: ['audit/unchanged'],
    methods: (registry) => ({
      createTenant: async (record, by) => {
        const { created, ...answer } = await registry.createTenant(record, by);
        if (!created && record.tenant.id === 'other')
          await registry.updateTenant(answer.record.tenant.id, ['provisioning'], { plan: 'pro' });
        return { created, ...answer };
      },
    }),
  },
  'writes the status that it read before the change': {
    breaks: ['audit/tenants', 'audit/concurrent', 'audit/destroyed'],
    methods: listing((entries) =>
      entries.map((entry) =>
        entry.action === 'change_tenant_status' ? { ...entry, before: entry.after } : entry,
      ),
    ),
  },
  'repeats the last entry of a page': {
    breaks: ['audit/pages'],
    methods: (registry) => ({
      listAuditEntries: ({ after, ...query }) =>
        registry.listAuditEntries({ ...query, ...(after !== undefined && { after: after + 1 }) }),
    }),
  },
};
