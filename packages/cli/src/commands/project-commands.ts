import type { CommandGroup } from '../frame/command.js';

export const projectCommands: CommandGroup = {
  name: null,
  summary: 'Bundles on this machine',
  commands: [
    {
      name: 'init',
      summary: 'create a project: configuration, manifest, an object with seed data',
      args: [['[directory]', 'directory of the project; default: the current one']],
      options: [
        { flags: '--format <format>', description: 'format of the files', choices: ['yaml', 'json', 'ts'] },
      ],
      examples: [
        { command: 'init crm', description: 'Create a project in the directory crm, in YAML.' },
        { command: 'init crm --format ts', description: 'Create it in TypeScript.' },
      ],
      output: { schema: 'WrittenFiles' },
      load: async () => (await import('../actions/init.js')).init,
    },
    {
      name: 'pull',
      summary: 'write the objects that describe an existing SQLite or libSQL database',
      args: [
        ['<database>', 'file, or URL of a server'],
        ['[directory]', 'directory of the project; default: the current one'],
      ],
      options: [
        { flags: '--format <format>', description: 'format of the files', choices: ['yaml', 'json', 'ts'] },
        { flags: '--token-env <name>', description: 'environment variable with the token of the server' },
      ],
      examples: [
        {
          command: 'pull shop.db shop',
          description: 'Write one file for each table, and list what the objects do not express.',
        },
        {
          command: 'pull libsql://shop-acme.turso.io --token-env SHOP_TOKEN',
          description: 'The same for a database on a server. The database is only read.',
        },
      ],
      output: { schema: 'PulledFiles' },
      load: async () => (await import('../actions/pull.js')).pull,
    },
    {
      name: 'baseline',
      summary:
        'adopt an existing database as a tenant, with the bundle as its deployed version, without changing a row',
      args: [
        ['<database>', 'file, which is copied to the data directory, or name of a database on the server'],
      ],
      options: [
        {
          flags: '--check',
          description: 'only check whether the database can be adopted; exit code 3 if not',
        },
        { flags: '--slug <slug>', description: 'name of the tenant in URLs and commands' },
        { flags: '--name <name>', description: 'display name' },
        { flags: '--plan <plan>', description: 'subscription plan: free, pro or enterprise; default: free' },
        { flags: '--token-env <name>', description: 'environment variable with the token of the database' },
      ],
      examples: [
        {
          command: 'baseline ../shop.db --check',
          description: 'List what differs between the database and the objects of the bundle.',
        },
        {
          command: 'baseline ../shop.db --slug shop',
          description: 'Adopt a copy of the file. Later deployments are migrations like any others.',
        },
      ],
      output: { schema: 'BaselineResult' },
      load: async () => (await import('../actions/baseline.js')).baseline,
    },
    {
      name: 'dev',
      summary: 'watch the bundle, and deploy every safe change to a local tenant immediately',
      options: [
        { flags: '--once', description: 'deploy once, and exit' },
        {
          flags: '--allow <id>',
          description: 'approve the change with this id, as listed by the plan; repeatable',
          isList: true,
        },
      ],
      examples: [
        {
          command: 'dev',
          description: 'Deploy on every change until Ctrl-C. Asks before a change that removes data.',
        },
      ],
      output: { schema: 'DevEvent', lines: true },
      load: async () => (await import('../actions/dev.js')).dev,
    },
    {
      name: 'validate',
      summary: 'check a bundle without a tenant',
      args: [['[path]', 'bundle file or directory; default: that of the configuration']],
      examples: [
        { command: 'validate', description: 'List errors and warnings with their files and lines.' },
        { command: 'validate bundle.json --json', description: 'Print the result as JSON, for a program.' },
      ],
      output: { schema: 'DeployValidationResult' },
      load: async () => (await import('../actions/validate.js')).validate,
    },
    {
      name: 'diff',
      summary: 'compare the objects of two versions; a version is a bundle or a tenant',
      args: [
        ['<from>', 'previous version: a bundle, or tenant:<id or slug>'],
        ['[to]', 'next version; default: the bundle of the configuration'],
      ],
      examples: [
        { command: 'diff v1.json v2.json', description: 'Effects of version 2 on databases with version 1.' },
        { command: 'diff tenant:dev', description: 'Effects of the bundle on the tenant dev.' },
        { command: 'diff tenant:dev tenant:prod', description: 'Compare two tenants.' },
      ],
      output: { schema: 'VersionComparison' },
      load: async () => (await import('../actions/diff.js')).diff,
    },
    {
      name: 'diagram',
      summary: 'draw objects and references, the difference of two versions, or state machines',
      args: [
        ['[version]', 'a bundle, or tenant:<id or slug>; default: the bundle of the configuration'],
        ['[next]', 'next version, to draw the difference'],
      ],
      options: [
        { flags: '--states', description: 'draw the state machines of the objects' },
        { flags: '--object <name>', description: 'draw only this object; repeatable', isList: true },
        {
          flags: '--format <format>',
          description: 'format of the diagram; default: svg',
          choices: ['svg', 'mermaid'],
        },
        {
          flags: '--theme <theme>',
          description: 'colors of an SVG; auto follows the system of the reader; default: auto',
          choices: ['auto', 'light', 'dark'],
        },
        { flags: '--out <file>', description: 'file to write; default: standard output' },
      ],
      examples: [
        { command: 'diagram --out objects.svg', description: 'Objects with their fields and references.' },
        {
          command: 'diagram tenant:dev . --out next.svg',
          description: 'What deploying the bundle changes: added green, removed red, changed yellow.',
        },
        { command: 'diagram --states --format mermaid', description: 'State machines as Mermaid text.' },
      ],
      output: { schema: 'DiagramOutput' },
      load: async () => (await import('../actions/draw-diagram.js')).drawDiagram,
    },
  ],
};
