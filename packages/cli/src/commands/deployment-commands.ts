import type { CommandGroup } from '../frame/command.js';

const ALLOW = {
  flags: '--allow <id>',
  description: 'approve the change with this id, as listed by the plan; repeatable',
  isList: true,
};
const YES = { flags: '-y, --yes', description: 'do not ask before safe changes; never approves data loss' };

export const PAGE_OPTIONS = [
  { flags: '--limit <count>', description: 'maximum number of items, from 1 to 200; default: 50' },
  { flags: '--cursor <cursor>', description: 'nextCursor of the previous page' },
];

export const deploymentCommands: CommandGroup = {
  name: null,
  summary: 'Deployments of a tenant',
  commands: [
    {
      name: 'plan',
      summary: 'show what deploying the bundle would change',
      options: [
        { flags: '--sql', description: 'show the SQL statements' },
        { flags: '--out <file>', description: 'write the plan to a file, for deploy' },
      ],
      examples: [
        { command: 'plan', description: 'Changes, risks, affected records and needed approvals.' },
        {
          command: 'plan --sql --out plan.json',
          description: 'Also show the SQL, and store the plan for review.',
        },
      ],
      output: { schema: 'MigrationPlan' },
      load: async () => (await import('../actions/plan.js')).plan,
    },
    {
      name: 'deploy',
      summary: 'deploy the bundle, or a plan that was reviewed',
      args: [['[plan]', 'file that plan --out wrote']],
      options: [ALLOW, YES],
      examples: [
        { command: 'deploy', description: 'Plan, ask and deploy.' },
        { command: 'deploy plan.json', description: 'Execute exactly the reviewed plan.' },
        {
          command: 'deploy --allow remove_field:note.text',
          description: 'Approve one change that removes data.',
        },
      ],
      output: { schema: 'DeployResult' },
      load: async () => (await import('../actions/deploy.js')).deploy,
    },
    {
      name: 'rollback',
      summary: 'roll back a deployment: restore the previous schema and the removed data',
      args: [['[deployment]', 'id of the deployment; default: the latest']],
      options: [
        { flags: '--include-later', description: 'first roll back the later deployments' },
        { flags: '-y, --yes', description: 'do not ask before the rollback' },
      ],
      examples: [
        {
          command: 'rollback',
          description: 'Roll back the latest deployment. Records that were written since remain.',
        },
      ],
      output: { schema: 'RollbackResult' },
      load: async () => (await import('../actions/rollback.js')).rollback,
    },
    {
      name: 'history',
      summary: 'list the deployments of a tenant, latest first',
      options: PAGE_OPTIONS,
      examples: [{ command: 'history --limit 5', description: 'The five latest deployments.' }],
      output: { schema: 'DeploymentPage' },
      load: async () => (await import('../actions/history.js')).history,
    },
    {
      name: 'drift',
      summary: 'find tables that were changed outside of a deployment; exit code 1 if there are any',
      options: [{ flags: '--sql', description: 'show the SQL statements' }],
      examples: [
        { command: 'drift --sql', description: 'Differences, and the statements that would create them.' },
      ],
      output: { schema: 'DriftReport' },
      load: async () => (await import('../actions/drift.js')).drift,
    },
  ],
};
