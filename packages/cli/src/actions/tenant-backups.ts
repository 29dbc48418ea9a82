import {
  type DatabaseReplacement,
  type RestoreSource,
  RestoreSourceSchema,
  type TenantRegion,
} from '@objectstack/spec/system';
import type { Action, CommandInput, CommandResult } from '../frame/command.js';
import { usageError } from '../frame/command-error.js';
import { numberOption, pageOf, textOption } from '../frame/read-options.js';
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

/** What the options select: exactly one of a backup and a point in time. Throws a usage error. */
function restoreSource(input: CommandInput): RestoreSource {
  const [backupId, at] = [textOption(input, 'backup'), textOption(input, 'at')];
  if (backupId !== undefined && at === undefined) return { backupId };
  if (at === undefined || backupId !== undefined)
    throw usageError('Name either a backup with --backup, or a point in time with --at.');
  if (RestoreSourceSchema.safeParse({ at }).success) return { at };
  throw usageError('The option --at must be a time in ISO 8601 and UTC, for example 2026-01-31T10:00:00Z.');
}

/** Replaces the data of a tenant by that of a backup or of a point in time. */
export const restoreTenant: Action = async (context, input) => {
  const source = restoreSource(input);
  const tenantId = await context.tenantId(input.args[0]);
  const { runtime } = await context.session();
  const { signal } = context;
  const result = await runtime.tenantData.restoreTenant(tenantId, source, { signal });
  const from = source.at === undefined ? `from ${source.backupId}` : `to ${source.at}`;
  return replaced(result, `Restored ${tenantId} ${from}`);
};

/** Moves a tenant to another region. */
export const moveTenant: Action = async (context, { args: [region = '', reference] }) => {
  const tenantId = await context.tenantId(reference);
  const { runtime } = await context.session();
  const place = { region: region as TenantRegion };
  const result = await runtime.tenantData.moveTenant(tenantId, place, { signal: context.signal });
  return replaced(result, `Moved ${tenantId} to ${region}`);
};
