import type { CommandGroup } from '../frame/command.js';
import { PAGE_OPTIONS } from './deployment-commands.js';

export const operationCommands: CommandGroup = {
  name: null,
  summary: 'Operations',
  commands: [
    {
      name: 'sql',
      summary: "run one SQL statement in a tenant's database; read-only unless --write is given",
      args: [['[statement]', 'SQL; default: standard input']],
      options: [{ flags: '--write', description: 'permit the statement to change data' }],
      examples: [{ command: `sql "SELECT count(*) AS notes FROM note"`, description: 'Count the notes.' }],
      output: { schema: 'SqlOutput' },
      load: async () => (await import('../actions/run-sql.js')).runSql,
    },
    {
      name: 'audit',
      summary: 'list the changes of a tenant, latest first',
      args: [['[tenant]', 'id or slug; the id also after the tenant was destroyed']],
      options: PAGE_OPTIONS,
      examples: [{ command: 'audit dev --limit 10', description: 'Who changed the tenant, and when.' }],
      output: { schema: 'AuditPage' },
      load: async () => (await import('../actions/audit.js')).audit,
    },
    {
      name: 'sweep',
      summary:
        'delete expired data of destroyed tenants, unused templates and bundles; complete interrupted deployments',
      examples: [{ command: 'sweep --json', description: 'Run it periodically, for example every hour.' }],
      output: { schema: 'SweepReport' },
      load: async () => (await import('../actions/sweep.js')).sweep,
    },
    {
      name: 'doctor',
      summary: 'check configuration, bundle, registry and databases; exit code 1 if there are errors',
      examples: [{ command: 'doctor', description: 'Each problem with the command that solves it.' }],
      output: { schema: 'DoctorReport' },
      load: async () => (await import('../actions/doctor.js')).doctor,
    },
    {
      name: 'completion',
      summary: 'print the script that completes commands in a shell',
      args: [['<shell>', 'bash, zsh or fish']],
      examples: [
        { command: 'completion bash >> ~/.bashrc', description: 'For Bash.' },
        {
          command: 'completion fish > ~/.config/fish/completions/objectstack.fish',
          description: 'For fish.',
        },
      ],
      output: { schema: 'text' },
      load: async () => (await import('../actions/completion.js')).completion,
    },
  ],
};
