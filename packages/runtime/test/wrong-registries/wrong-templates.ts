import type { ITenantRegistry, TemplateRecord } from '@objectstack/spec/contracts';
import type { WrongRegistries } from './wrong-registry.js';

const LATER = '2027-01-01T00:00:00.000Z';

const isPending = ({ tenant }: { tenant: { provisioningStatus: string } }) =>
  ['provisioning', 'failed'].includes(tenant.provisioningStatus);

const statusOf = async (registry: ITenantRegistry, databaseName: string) =>
  (await registry.listTemplates()).find((one) => one.databaseName === databaseName)?.status;

/** Registries with a fault in the records of templates. */
export const wrongTemplates: WrongRegistries = {
  'forgets the region of a template': {
    breaks: ['template/complete'],
    methods: (registry) => ({
      addTemplate: (record: TemplateRecord) => registry.addTemplate({ ...record, region: null }),
    }),
  },
  'returns the given template instead of the stored one': {
    breaks: ['template/adds-once'],
    methods: (registry) => ({
      addTemplate: async (record) => {
        await registry.addTemplate(record);
        return record;
      },
    }),
  },
  'sorts templates without case': {
    breaks: ['template/list'],
    methods: (registry) => ({
      listTemplates: async () =>
        (await registry.listTemplates()).sort((one, other) =>
          one.databaseName.toLowerCase() < other.databaseName.toLowerCase() ? -1 : 1,
        ),
    }),
  },
  'says that it touched an unknown template': {
    breaks: ['template/touch', 'template/retire'],
    methods: (registry) => ({
      touchTemplate: async (...args) => {
        await registry.touchTemplate(...args);
        return true;
      },
    }),
  },
  'retires templates whenever they were used': {
    breaks: ['template/retire'],
    methods: (registry) => ({
      retireTemplate: (databaseName) => registry.retireTemplate(databaseName, LATER),
    }),
  },
  'retires templates of pending tenants': {
    breaks: ['template/retire-pending', 'template/concurrent'],
    methods: (registry) => ({
      retireTemplate: async (databaseName, unusedSince) => {
        const tenants = (await registry.listAllTenants()).filter(
          (one) => one.templateDatabase === databaseName && isPending(one),
        );
        return (await registry.retireTemplate(databaseName, unusedSince)) || tenants.length > 0;
      },
    }),
  },
  'removes any template': {
    breaks: ['template/remove'],
    methods: (registry) => ({
      removeTemplate: async (databaseName) => {
        await registry.retireTemplate(databaseName, LATER);
        await registry.removeTemplate(databaseName);
      },
    }),
  },
  'creates tenants from any template': {
    breaks: ['template/tenants', 'template/concurrent', 'create/same-database', 'create/same-id'],
    methods: (registry) => ({
      createTenant: async (record, by) => {
        const { templateDatabase } = record;
        if (templateDatabase === null || (await statusOf(registry, templateDatabase)) === 'ready')
          return registry.createTenant(record, by).catch(() => ({ record, created: true }));
        return { record, created: true };
      },
    }),
  },
};
