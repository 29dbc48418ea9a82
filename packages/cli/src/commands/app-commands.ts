import type { CommandGroup } from '../frame/command.js';

const ALLOW = {
  flags: '--allow <id>',
  description: 'approve the change with this id, as listed by the plan; repeatable',
  isList: true,
};
const SET = {
  flags: '--set <name=value>',
  description: 'value of a setting of the app, such as currency=EUR; repeatable',
  isList: true,
};
const MANIFEST = ['<manifest>', 'file with the manifest of the app'] as const;

export const appCommands: CommandGroup = {
  name: 'apps',
  summary: 'install and upgrade apps of a tenant',
  commands: [
    {
      name: 'apps search',
      summary: 'list the apps in the app registry with their versions',
      args: [['[text]', 'only apps whose name contains this text; default: all']],
      examples: [
        { command: 'apps search', description: 'All apps.' },
        { command: 'apps search crm', description: 'Published and withdrawn versions of the apps.' },
      ],
      output: { schema: 'AppVersionList' },
      load: async () => (await import('../actions/search-apps.js')).searchApps,
    },
    {
      name: 'apps check',
      summary: 'check whether an app can be installed or upgraded; exit code 3 if not',
      args: [MANIFEST],
      examples: [
        { command: 'apps check crm.yaml', description: 'Everything that prevents the installation.' },
      ],
      output: { schema: 'AppCompatibilityCheck' },
      load: async () => (await import('../actions/check-app.js')).checkApp,
    },
    {
      name: 'apps install',
      summary: 'install an app from its manifest, or from the app registry',
      args: [['<app>', 'file with the manifest, or name of an app in the app registry']],
      options: [
        SET,
        ALLOW,
        {
          flags: '--range <range>',
          description: 'acceptable versions in the app registry, such as ^1.2.0; default: any',
        },
        { flags: '--with-dependencies', description: 'also install required apps from the app registry' },
        { flags: '--skip-seed-data', description: 'leave out the seed data of the app' },
      ],
      examples: [
        { command: 'apps install crm.yaml --set currency=EUR', description: 'With the value of a setting.' },
        { command: 'apps install crm --range ^1.2.0', description: 'The newest suitable version.' },
      ],
      output: { schema: 'AppInstallResult' },
      load: async () => (await import('../actions/install-app.js')).installApp,
    },
    {
      name: 'apps upgrade',
      summary: 'upgrade an app, and preserve what the tenant changed',
      args: [MANIFEST],
      options: [
        SET,
        ALLOW,
        {
          flags: '--take-app',
          description: "if the tenant and the app both changed a component, use the app's version",
        },
        { flags: '--allow-downgrade', description: 'accept a version older than the installed one' },
      ],
      examples: [{ command: 'apps upgrade crm-2.yaml', description: 'Changes of the tenant are merged.' }],
      output: { schema: 'AppInstallResult' },
      load: async () => (await import('../actions/install-app.js')).upgradeApp,
    },
    {
      name: 'apps uninstall',
      summary: 'uninstall an app; its data is retained, by default for seven days',
      args: [['<app>', 'name of the app']],
      options: [
        { flags: '--purge', description: 'permanently delete the data immediately' },
        { flags: '--confirm <app>', description: 'name of the app, to confirm --purge without being asked' },
      ],
      examples: [{ command: 'apps uninstall crm', description: 'Installing it again restores the records.' }],
      output: { schema: 'AppUninstallPreview' },
      load: async () => (await import('../actions/uninstall-app.js')).uninstallApp,
    },
    {
      name: 'apps list',
      summary: 'list the apps of a tenant',
      args: [['[tenant]', 'id or slug; default: --tenant, or the only tenant']],
      examples: [{ command: 'apps list acme', description: 'Apps with their versions.' }],
      output: { schema: 'InstalledApp', lines: true },
      load: async () => (await import('../actions/list-apps.js')).listApps,
    },
  ],
};
