import type { CommandGroup } from '../frame/command.js';
import { PAGE_OPTIONS } from './deployment-commands.js';
import { tenantDataCommands } from './tenant-data-commands.js';

const TENANT = ['[tenant]', 'id or slug; default: --tenant, or the only tenant'] as const;

export const tenantCommands: CommandGroup = {
  name: 'tenants',
  summary: 'create and manage tenants',
  commands: [
    {
      name: 'tenants create',
      summary: 'create a tenant with its own database',
      options: [
        { flags: '--slug <slug>', description: 'name of the tenant in URLs and commands' },
        { flags: '--name <name>', description: 'display name' },
        { flags: '--plan <plan>', description: 'subscription plan: free, pro or enterprise; default: free' },
        {
          flags: '--region <region>',
          description: 'region of the database, such as us-east or eu-west; default: any',
        },
        { flags: '--template <name>', description: 'template to copy the database from' },
        { flags: '--request-key <key>', description: 'idempotency key; default: the slug' },
      ],
      examples: [
        {
          command: 'tenants create --slug dev',
          description: 'Create the tenant dev; repeating it changes nothing.',
        },
      ],
      output: { schema: 'TenantProvisioningResult' },
      load: async () => (await import('../actions/create-tenant.js')).createTenant,
    },
    {
      name: 'tenants list',
      summary: 'list tenants, latest first',
      options: [
        ...PAGE_OPTIONS,
        {
          flags: '--status <status>',
          description: 'only tenants in this status',
          choices: ['provisioning', 'active', 'suspended', 'failed', 'destroying'],
        },
        { flags: '--all', description: 'tenants of all organizations' },
      ],
      examples: [
        { command: 'tenants list --status failed', description: 'Tenants whose provisioning failed.' },
        { command: 'tenants list --json', description: 'One page with nextCursor, for a program.' },
      ],
      output: { schema: 'TenantPage' },
      load: async () => (await import('../actions/list-tenants.js')).listTenants,
    },
    {
      name: 'tenants show',
      summary: 'show a tenant and the steps of its provisioning',
      args: [TENANT],
      examples: [
        {
          command: 'tenants show dev',
          description: 'Everything that the registry knows about the tenant dev.',
        },
      ],
      output: { schema: 'TenantDetails' },
      load: async () => (await import('../actions/show-tenant.js')).showTenant,
    },
    {
      name: 'tenants suspend',
      summary: 'refuse all access to the data of a tenant',
      args: [TENANT],
      examples: [{ command: 'tenants suspend dev', description: 'The data is retained.' }],
      output: { schema: 'TenantState' },
      load: async () => (await import('../actions/change-tenant.js')).suspendTenant,
    },
    {
      name: 'tenants resume',
      summary: 'end the suspension of a tenant',
      args: [TENANT],
      examples: [{ command: 'tenants resume dev', description: 'The tenant is in service again.' }],
      output: { schema: 'TenantState' },
      load: async () => (await import('../actions/change-tenant.js')).resumeTenant,
    },
    {
      name: 'tenants plan',
      summary: 'change the subscription plan of a tenant',
      args: [['<plan>', 'subscription plan: free, pro or enterprise'], TENANT],
      examples: [
        { command: 'tenants plan pro dev', description: 'Change the plan of the tenant dev to pro.' },
      ],
      output: { schema: 'TenantState' },
      load: async () => (await import('../actions/change-tenant.js')).changeTenantPlan,
    },
    {
      name: 'tenants rename',
      summary: 'change the slug of a tenant',
      args: [['<slug>', 'new slug'], TENANT],
      examples: [
        { command: 'tenants rename acme dev', description: 'The previous slug stays reserved for 30 days.' },
      ],
      output: { schema: 'TenantState' },
      load: async () => (await import('../actions/change-tenant.js')).renameTenant,
    },
    {
      name: 'tenants destroy',
      summary: 'take a tenant out of service, and delete its data after the grace period',
      args: [TENANT],
      options: [
        { flags: '--confirm <tenant>', description: 'id of the tenant, to confirm without being asked' },
      ],
      examples: [
        { command: 'tenants destroy dev', description: 'Asks you to type the id. There is no --yes.' },
      ],
      output: { schema: 'TenantState' },
      load: async () => (await import('../actions/change-tenant.js')).destroyTenant,
    },
    {
      name: 'tenants recover',
      summary: 'return a destroyed tenant to service before its data is deleted',
      args: [TENANT],
      examples: [{ command: 'tenants recover dev', description: 'Possible during the grace period.' }],
      output: { schema: 'TenantState' },
      load: async () => (await import('../actions/change-tenant.js')).recoverTenant,
    },
    ...tenantDataCommands,
    {
      name: 'tenants adopt',
      summary: 'register a database that the registry does not list, for example after the registry was lost',
      args: [['<database>', 'name of the database, without its extension']],
      examples: [
        {
          command: 'tenants adopt t-0190a1b2 --organization acme',
          description: 'doctor lists such databases.',
        },
      ],
      output: { schema: 'TenantState' },
      load: async () => (await import('../actions/change-tenant.js')).adoptTenant,
    },
  ],
};
