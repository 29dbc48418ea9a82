import type { CommandDeclaration } from '../frame/command.js';
import { PAGE_OPTIONS } from './deployment-commands.js';

const TENANT = ['[tenant]', 'id or slug; default: --tenant, or the only tenant'] as const;
const REQUEST_KEY = { flags: '--request-key <key>', description: 'idempotency key; default: the slug' };
const NEW_TENANT = [
  { flags: '--slug <slug>', description: 'name of the new tenant in URLs and commands' },
  { flags: '--name <name>', description: 'display name of the new tenant' },
  { flags: '--plan <plan>', description: 'subscription plan of the new tenant' },
  REQUEST_KEY,
];

/** Commands that copy the data of tenants. */
export const tenantDataCommands: readonly CommandDeclaration[] = [
  {
    name: 'tenants export',
    summary: 'write the metadata and records of a tenant to an archive',
    args: [TENANT],
    options: [{ flags: '--out <file>', description: 'file; default: standard output' }],
    examples: [
      {
        command: 'tenants export dev --out dev.jsonl',
        description: 'One committed state, as lines of JSON.',
      },
    ],
    output: { schema: 'TenantExportResult' },
    load: async () => (await import('../actions/tenant-archives.js')).exportTenant,
  },
  {
    name: 'tenants import',
    summary: 'create a tenant from an archive',
    args: [['[file]', 'archive; default: standard input']],
    options: [
      ...NEW_TENANT,
      {
        flags: '--region <region>',
        description: 'region of the database, such as us-east or eu-west; default: any',
      },
    ],
    examples: [
      {
        command: 'tenants import dev.jsonl --slug copy',
        description: 'The tenant appears when it is complete, or not at all.',
      },
    ],
    output: { schema: 'TenantCopyResult' },
    load: async () => (await import('../actions/tenant-archives.js')).importTenant,
  },
  {
    name: 'tenants clone',
    summary: 'create a tenant as a copy of another one',
    args: [TENANT],
    options: [
      ...NEW_TENANT,
      { flags: '--backup <backup>', description: 'backup to copy; default: the current data' },
      { flags: '--no-masking', description: 'copy the values of fields with a maskingRule as they are' },
    ],
    examples: [
      {
        command: 'tenants clone dev --slug staging',
        description: 'An independent copy, in which the values of fields with a maskingRule are masked.',
      },
    ],
    output: { schema: 'TenantCopyResult' },
    load: async () => (await import('../actions/tenant-archives.js')).cloneTenant,
  },
  {
    name: 'tenants backups',
    summary: 'list the backups of a tenant, latest first',
    args: [TENANT],
    options: PAGE_OPTIONS,
    examples: [{ command: 'tenants backups dev', description: 'With the time at which each is deleted.' }],
    output: { schema: 'TenantBackupPage' },
    load: async () => (await import('../actions/tenant-backups.js')).listBackups,
  },
  {
    name: 'tenants backup',
    summary: 'make a backup of a tenant',
    args: [TENANT],
    options: [
      {
        flags: '--retention-days <days>',
        description: 'time for which the backup is retained, in days; default: 30',
      },
    ],
    examples: [
      { command: 'tenants backup dev --retention-days 90', description: 'A copy on the same data plane.' },
    ],
    output: { schema: 'TenantBackup' },
    load: async () => (await import('../actions/tenant-backups.js')).backupTenant,
  },
  {
    name: 'tenants restore',
    summary: 'replace the data of a tenant by that of a backup or of a point in time',
    args: [TENANT],
    options: [
      { flags: '--backup <backup>', description: 'id of the backup to restore' },
      {
        flags: '--at <time>',
        description: 'time of the data to restore, in UTC; on Turso Cloud and on libSQL servers with backup',
      },
    ],
    examples: [
      {
        command: 'tenants restore dev --backup mfrggzdfmztwq2lknnwg23tpoa',
        description: 'The replaced data is retained as a backup.',
      },
      {
        command: 'tenants restore dev --at 2026-01-31T10:00:00Z',
        description: 'The restored data can be some seconds older, and is never later.',
      },
    ],
    output: { schema: 'DatabaseReplacement' },
    load: async () => (await import('../actions/tenant-backups.js')).restoreTenant,
  },
  {
    name: 'tenants move',
    summary: 'move a tenant to another region of the data plane',
    args: [['<region>', 'region of the new database'], TENANT],
    examples: [
      {
        command: 'tenants move eu-west dev',
        description: 'Reads continue; writes are refused during the move.',
      },
    ],
    output: { schema: 'DatabaseReplacement' },
    load: async () => (await import('../actions/tenant-backups.js')).moveTenant,
  },
];
