import type { CommandGroup } from '../frame/command.js';

const TENANT = ['[tenant]', 'id or slug; default: --tenant, or the only tenant'] as const;

export const quotaCommands: CommandGroup = {
  name: 'quotas',
  summary: 'show and set the quotas of a tenant',
  commands: [
    {
      name: 'quotas show',
      summary: 'show the quotas of a tenant and its usage',
      args: [TENANT],
      examples: [{ command: 'quotas show acme', description: 'Usage and limit of every quota.' }],
      output: { schema: 'QuotaReport' },
      load: async () => (await import('../actions/show-quotas.js')).showQuotas,
    },
    {
      name: 'quotas set',
      summary: "set the tenant's own quotas; those that are not given are as in its subscription plan",
      args: [TENANT],
      options: [
        {
          flags: '--quota <name=limit>',
          description: 'quota of this tenant, such as maxUsers=50 or maxUsers=unlimited; repeatable',
          isList: true,
        },
      ],
      examples: [
        {
          command: 'quotas set acme --quota maxUsers=50 --quota maxObjects=unlimited',
          description: 'All other quotas are those of the plan.',
        },
        { command: 'quotas set acme', description: 'All quotas are those of the plan.' },
      ],
      output: { schema: 'QuotaReport' },
      load: async () => (await import('../actions/set-quotas.js')).setQuotas,
    },
    {
      name: 'quotas recount',
      summary: 'measure the usage of a tenant again, for example after raw SQL replaced records',
      args: [TENANT],
      examples: [{ command: 'quotas recount acme', description: 'Count the records of every object again.' }],
      output: { schema: 'QuotaReport' },
      load: async () => (await import('../actions/show-quotas.js')).recountQuotas,
    },
  ],
};
