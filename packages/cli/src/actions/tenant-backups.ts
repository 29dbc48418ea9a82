import type { DatabaseReplacement, TenantRegion } from '@objectstack/spec/system';
import type { Action, CommandResult } from '../frame/command.js';
import { numberOption, pageOf } from '../frame/read-options.js';
import { table } from '../output/table.js';

/** Makes a backup. */
export const backupTenant: Action = async (context, input) => {
  const tenantId = await context.tenantId(input.args[0]);
  const { runtime } = await context.session();
  const retentionDays = numberOption(input, 'retentionDays', { least: 0, most: 36_500 });
  const request = retentionDays === undefined ? {} : { retentionDays };
  const backup = await runtime.tenantData.backupTenant(tenantId, request, { signal: context.signal });
  return {
    document: backup,
    text: (style) =>
      style.green(`✔ Backup ${backup.id}, retained until ${backup.expiresAt ?? 'it is deleted'}.`),
  };
};

/** Lists the backups of a tenant. */
export const listBackups: Action = async (context, input) => {
  const tenantId = await context.tenantId(input.args[0]);
  const { runtime } = await context.session();
  const page = await runtime.tenantData.listBackups(tenantId, pageOf(input));
  return {
    document: page,
    text(style) {
      const rows = page.items.map(({ id, kind, createdAt, expiresAt }) => [
        id,
        kind,
        createdAt,
        expiresAt ?? 'never',
      ]);
      const next =
        page.nextCursor === null ? '' : `\n\nMore: objectstack tenants backups --cursor ${page.nextCursor}`;
      return table(style, ['backup', 'kind', 'created', 'deleted after'], rows) + next;
    },
  };
};

const replaced = (document: DatabaseReplacement, done: string): CommandResult => ({
  document,
  text: (style) => style.green(`✔ ${done}. The previous data is the backup ${document.replaced.id}.`),
});

/** Replaces the data of a tenant by that of a backup. */
export const restoreBackup: Action = async (context, { args: [backupId = '', reference] }) => {
  const tenantId = await context.tenantId(reference);
  const { runtime } = await context.session();
  const { signal } = context;
  const result = await runtime.tenantData.restoreBackup(tenantId, backupId, { signal });
  return replaced(result, `Restored ${tenantId} from ${backupId}`);
};

/** Moves a tenant to another region. */
export const moveTenant: Action = async (context, { args: [region = '', reference] }) => {
  const tenantId = await context.tenantId(reference);
  const { runtime } = await context.session();
  const place = { region: region as TenantRegion };
  const result = await runtime.tenantData.moveTenant(tenantId, place, { signal: context.signal });
  return replaced(result, `Moved ${tenantId} to ${region}`);
};
