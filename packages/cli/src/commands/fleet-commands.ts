import type { CommandGroup } from '../frame/command.js';
import { PAGE_OPTIONS } from './deployment-commands.js';

const ROLLOUT = ['<rollout>', 'id of the rollout'] as const;
const ALLOW = {
  flags: '--allow <id>',
  description: 'approve the change with this id, as listed by the plan; repeatable',
  isList: true,
};
const CONCURRENCY = {
  flags: '--concurrency <count>',
  description: 'number of tenants at a time, from 1 to 64; default: 8 for a rollout, else 16',
};

const SELECTION = [
  { flags: '--only <tenant>', description: 'id or slug of a tenant; repeatable', isList: true },
  { flags: '--channel <channel>', description: 'only tenants of this channel' },
  {
    flags: '--plan <plan>',
    description: 'only tenants with this subscription plan: free, pro or enterprise',
  },
  { flags: '--region <region>', description: 'only tenants in this region, such as us-east or eu-west' },
  { flags: '--all', description: 'tenants of all organizations' },
];

const STATES = ['pending', 'refused', 'deployed', 'unchanged', 'failed', 'rolled_back', 'rollback_failed'];

export const fleetCommands: CommandGroup = {
  name: 'fleet',
  summary: 'deploy a release to many tenants, in waves',
  commands: [
    {
      name: 'fleet release',
      summary: 'store the bundle, or a version of an app, as a release',
      args: [['<name>', 'name of the release']],
      options: [{ flags: '--app <manifest>', description: 'file with the manifest of the app' }],
      examples: [
        {
          command: 'fleet release 2026-11',
          description: 'Store the bundle as the release 2026-11, which never changes.',
        },
        {
          command: 'fleet release crm-2 --app crm-2.yaml',
          description: 'A rollout upgrades the app in the tenants that have it.',
        },
      ],
      output: { schema: 'Release' },
      load: async () => (await import('../actions/create-release.js')).createRelease,
    },
    {
      name: 'fleet preflight',
      summary: 'plan a rollout of a release, and check every tenant; changes none',
      args: [['<release>', 'name of the release']],
      options: [
        ...SELECTION,
        {
          flags: '--take-app',
          description: "for an app: if a tenant changed a component too, use the app's version",
        },
        {
          flags: '--allow-downgrade',
          description: 'for an app, replace newer versions by that of the release',
        },
        CONCURRENCY,
      ],
      examples: [
        {
          command: 'fleet preflight 2026-11 --channel stable',
          description: 'Distinct plans, refused tenants, and changes that need approval.',
        },
      ],
      output: { schema: 'RolloutPlan' },
      load: async () => (await import('../actions/plan-rollout.js')).planRollout,
    },
    {
      name: 'fleet rollout',
      summary: 'start a planned rollout, and wait until it ends',
      args: [ROLLOUT],
      options: [
        ALLOW,
        {
          flags: '--canary <count>',
          description:
            'number of canary tenants for each migration plan, which are migrated first; 0: none; default: 1',
        },
        {
          flags: '--wave <size>',
          description: 'size of a wave after the canary, such as 50 or 10%; repeatable; default: 10%',
          isList: true,
        },
        {
          flags: '--bake <seconds>',
          description: 'pause after each wave except the last, in seconds; default: 0',
        },
        {
          flags: '--max-errors <count>',
          description: 'stop when more tenants than this were refused or failed; default: 0',
        },
        CONCURRENCY,
      ],
      examples: [
        {
          command: 'fleet rollout 0190a1b2 --canary 2 --wave 10% --wave 50% --max-errors 5',
          description: 'Ctrl-C interrupts it; fleet resume continues it.',
        },
      ],
      output: { schema: 'Rollout' },
      load: async () => (await import('../actions/start-rollout.js')).startRollout,
    },
    {
      name: 'fleet status',
      summary: 'show the progress of a rollout',
      args: [['[rollout]', 'id of the rollout; default: the latest']],
      examples: [{ command: 'fleet status', description: 'Tenants by state, failures and waves.' }],
      output: { schema: 'Rollout' },
      load: async () => (await import('../actions/control-rollout.js')).showRollout,
    },
    {
      name: 'fleet list',
      summary: 'list rollouts, latest first',
      options: PAGE_OPTIONS,
      examples: [{ command: 'fleet list --limit 5', description: 'The five latest rollouts.' }],
      output: { schema: 'RolloutPage' },
      load: async () => (await import('../actions/list-rollouts.js')).listRollouts,
    },
    {
      name: 'fleet tenants',
      summary: 'list the tenants of a rollout with their states',
      args: [ROLLOUT],
      options: [
        ...PAGE_OPTIONS,
        { flags: '--state <state>', description: 'only tenants in this state', choices: STATES },
      ],
      examples: [
        { command: 'fleet tenants 0190a1b2 --state failed', description: 'Failed tenants with the reasons.' },
      ],
      output: { schema: 'RolloutTenantPage' },
      load: async () => (await import('../actions/list-rollout-tenants.js')).listRolloutTenants,
    },
    {
      name: 'fleet pause',
      summary: 'pause a rollout: no migration of another tenant is started',
      args: [ROLLOUT],
      examples: [{ command: 'fleet pause 0190a1b2', description: 'Deployments in progress are completed.' }],
      output: { schema: 'Rollout' },
      load: async () => (await import('../actions/control-rollout.js')).pauseRollout,
    },
    {
      name: 'fleet resume',
      summary: 'continue a rollout that was paused, stopped or interrupted, and wait until it ends',
      args: [ROLLOUT],
      examples: [{ command: 'fleet resume 0190a1b2', description: 'Failed tenants are attempted again.' }],
      output: { schema: 'Rollout' },
      load: async () => (await import('../actions/control-rollout.js')).resumeRollout,
    },
    {
      name: 'fleet abort',
      summary: 'end a rollout permanently; tenants that have the release keep it',
      args: [ROLLOUT],
      examples: [
        { command: 'fleet abort 0190a1b2', description: 'Also discards a rollout that was only planned.' },
      ],
      output: { schema: 'Rollout' },
      load: async () => (await import('../actions/control-rollout.js')).abortRollout,
    },
    {
      name: 'fleet rollback',
      summary: 'roll back every deployment of a rollout, and wait until this has ended',
      args: [ROLLOUT],
      examples: [
        { command: 'fleet rollback 0190a1b2', description: 'Records that were written since remain.' },
      ],
      output: { schema: 'Rollout' },
      load: async () => (await import('../actions/control-rollout.js')).rollbackRollout,
    },
    {
      name: 'fleet query',
      summary: 'find records in many tenants; exit code 1 if some could not be read',
      args: [['<object>', 'name of the object']],
      options: [
        ...SELECTION,
        { flags: '--where <filter>', description: 'filter as JSON, such as \'{"done":false}\'' },
        {
          flags: '--fields <names>',
          description: 'names of the fields to return, separated by commas; default: all',
        },
        { flags: '--order-by <fields>', description: 'fields, such as name or created_at:desc' },
        { flags: '--limit <count>', description: 'records of each tenant; 0: all; default: 20' },
        CONCURRENCY,
      ],
      examples: [
        {
          command: `fleet query note --where '{"done":false}' --limit 5`,
          description: 'At most five records of each tenant.',
        },
        {
          command: 'fleet query note --all --json',
          description: 'One record in each line, with its tenant.',
        },
      ],
      output: { schema: 'FleetQueryLine', lines: true },
      load: async () => (await import('../actions/query-fleet.js')).queryFleet,
    },
    {
      name: 'fleet aggregate',
      summary: 'count and sum records of many tenants; exit code 1 if some could not be read',
      args: [['<object>', 'name of the object']],
      options: [
        ...SELECTION,
        { flags: '--count', description: 'number of records' },
        { flags: '--sum <field>', description: 'sum of a field; repeatable', isList: true },
        { flags: '--min <field>', description: 'minimum value of a field; repeatable', isList: true },
        { flags: '--max <field>', description: 'maximum value of a field; repeatable', isList: true },
        {
          flags: '--group-by <fields>',
          description: 'names of the fields to group by, separated by commas; default: one group',
        },
        { flags: '--where <filter>', description: 'filter as JSON, such as \'{"done":false}\'' },
        CONCURRENCY,
      ],
      examples: [
        {
          command: 'fleet aggregate note --count --max stars --group-by done',
          description: 'One row for each value of done, over all tenants.',
        },
      ],
      output: { schema: 'FleetAggregateOutput' },
      load: async () => (await import('../actions/aggregate-fleet.js')).aggregateFleet,
    },
  ],
};
