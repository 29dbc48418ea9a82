import type {
  ITenantRegistry,
  TenantNamesChange,
  TenantRecord,
  TenantSelection,
} from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { type WrongRegistries, withTenant } from './wrong-registry.js';

type Select = Parameters<ITenantRegistry['selectTenants']>;
type SetNames = Parameters<ITenantRegistry['setTenantNames']>;

const selecting = (change: (registry: ITenantRegistry, ...args: Select) => Promise<TenantRecord[]>) => ({
  methods: (registry: ITenantRegistry) => ({ selectTenants: (...args: Select) => change(registry, ...args) }),
});

const naming = (change: (registry: ITenantRegistry, ...args: SetNames) => Promise<TenantRecord | null>) => ({
  methods: (registry: ITenantRegistry) => ({
    setTenantNames: (...args: SetNames) => change(registry, ...args),
  }),
});

const given = (change: (names: TenantNamesChange) => TenantNamesChange) =>
  naming((registry, tenantId, names) => registry.setTenantNames(tenantId, change(names)));

const allOf = ({ ids, slugs, hostnames }: TenantSelection) => [...ids, ...slugs, ...hostnames];

/** Registries with a fault in selecting tenants. */
export const wrongSelections: WrongRegistries = {
  'selects the latest tenants first': {
    breaks: ['select/matches'],
    ...selecting(async (registry, ...args) => (await registry.selectTenants(...args)).toReversed()),
  },
  'selects everything if nothing is asked for': {
    breaks: ['select/nothing'],
    ...selecting((registry, organizationId, selection) =>
      allOf(selection).some((text) => text !== '')
        ? registry.selectTenants(organizationId, selection)
        : registry.listTenants(organizationId),
    ),
  },
  'takes every text for an id, a slug or a host name': {
    breaks: ['select/kinds'],
    ...selecting((registry, organizationId, selection) => {
      const all = allOf(selection);
      return registry.selectTenants(organizationId, { ids: all, slugs: all, hostnames: all });
    }),
  },
  'ignores the letter case of organizations': {
    breaks: ['select/other-organization'],
    ...selecting((registry, organizationId, selection) =>
      registry.selectTenants(organizationId.toLowerCase(), selection),
    ),
  },
  'selects destroyed tenants': {
    breaks: ['select/destroyed'],
    ...selecting(async (registry, organizationId, selection) => {
      const found = await registry.selectTenants(organizationId, selection);
      const gone = await Promise.all(selection.ids.map((id) => registry.getTenant(id)));
      return [
        ...found,
        ...gone.filter((record) => record?.destroyedAt && record.tenant.organizationId === organizationId),
      ] as TenantRecord[];
    }),
  },
};

/** Registries with a fault in naming tenants. */
export const wrongNames: WrongRegistries = {
  'sorts the host names': {
    breaks: ['names/sets', 'audit/names'],
    ...given((names) => ({ ...names, ...(names.hostnames && { hostnames: names.hostnames.toSorted() }) })),
  },
  'removes absent names': {
    breaks: ['names/absent-unchanged', 'audit/names'],
    ...naming(async (registry, tenantId, names) => {
      const { slug, hostnames, ...times } = names;
      const record = await registry.setTenantNames(tenantId, {
        slug: slug ?? null,
        hostnames: hostnames ?? [],
        ...times,
      });
      return record && slug === undefined ? withTenant(record, { slug: '' }) : record;
    }),
  },
  'refuses names that the tenant has': {
    breaks: ['names/repeats'],
    ...naming(async (registry, tenantId, names) => {
      const { slug } = (await registry.getTenant(tenantId))?.tenant ?? {};
      return slug !== undefined && slug === names.slug ? null : registry.setTenantNames(tenantId, names);
    }),
  },
  'changes the slug although a host name is taken': {
    breaks: ['names/taken', 'audit/names'],
    ...naming(async (registry, tenantId, { slug, hostnames, ...times }) => {
      if (slug === undefined || hostnames === undefined)
        return registry.setTenantNames(tenantId, {
          ...(slug !== undefined && { slug }),
          ...(hostnames && { hostnames }),
          ...times,
        });
      const renamed = await registry.setTenantNames(tenantId, { slug, ...times });
      return renamed && registry.setTenantNames(tenantId, { hostnames, ...times });
    }),
  },
  'reserves no slug': {
    breaks: ['names/reserved'],
    ...given((names) => ({ ...names, reservedUntil: '2000-01-01T00:00:00.000Z' })),
  },
  'reserves a slug for ever': {
    breaks: ['names/reserved', 'names/concurrent'],
    ...given((names) => ({ ...names, reservedUntil: '9999-01-01T00:00:00.000Z' })),
  },
  'keeps removed host names': {
    breaks: ['names/hostnames-are-free'],
    ...naming(async (registry, tenantId, names) => {
      const previous = (await registry.getTenant(tenantId))?.tenant.hostnames ?? [];
      const added = names.hostnames?.some((name) => !previous.includes(name)) ?? true;
      if (added || names.hostnames?.length === 0) return registry.setTenantNames(tenantId, names);
      return registry.setTenantNames(tenantId, { ...names, hostnames: previous });
    }),
  },
  'never frees the names of destroyed tenants': {
    breaks: ['names/names-of-destroyed'],
    ...naming(async (registry, tenantId, names) => {
      const all = await registry.listAllTenants();
      const isTaken = all.some(
        ({ tenant, destroyedAt }) => destroyedAt && tenant.slug && tenant.slug === names.slug,
      );
      return isTaken ? null : registry.setTenantNames(tenantId, names);
    }),
  },
  'returns null for a tenant that is unknown or destroyed': {
    breaks: ['names/not-found'],
    ...naming((registry, ...args) =>
      registry.setTenantNames(...args).catch((error: unknown) => {
        if (ObjectStackError.isInstance(error) && error.code === 'tenant_not_found') return null;
        throw error;
      }),
    ),
  },
  'stores the names of a new tenant': {
    breaks: ['names/not-created'],
    methods: (registry) => ({
      createTenant: async (record) => {
        const { slug, hostnames } = record.tenant;
        const created = await registry.createTenant(record);
        if (slug === undefined || !hostnames) return created;
        const named = await registry.setTenantNames(record.tenant.id, {
          slug,
          hostnames,
          now: record.tenant.createdAt,
          reservedUntil: record.tenant.createdAt,
        });
        return named ? { ...created, record: named } : created;
      },
    }),
  },
  'says that a name was taken although another process has it': {
    breaks: ['names/concurrent'],
    methods: (registry) => {
      let running = 0;
      return {
        setTenantNames: async (tenantId, names) => {
          running++;
          await new Promise((resolve) => setImmediate(resolve));
          const isAlone = running === 1;
          try {
            const record = await registry.setTenantNames(tenantId, names);
            return record ?? (isAlone ? null : await registry.getTenant(tenantId));
          } finally {
            running--;
          }
        },
      };
    },
  },
};
