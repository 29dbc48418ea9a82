import type { TenantDatabaseLifecycle } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';

const invalid = (setting: string, message: string) =>
  new ObjectStackError({
    code: 'configuration_invalid',
    message,
    details: { settings: [`lifecycle.${setting}`] },
  });

/**
 * The template of requests that name none: the only one, if `seedData` is configured. Throws `configuration_invalid` if the
 * configuration needs what the runtime does not have.
 */
export function assertLifecycleUsable(
  lifecycle: TenantDatabaseLifecycle | undefined,
  { templates, copies }: { templates: readonly string[]; copies: boolean },
): string | undefined {
  if (!lifecycle) return undefined;
  if (lifecycle.onTenantDelete.createBackup && !copies)
    throw invalid(
      'onTenantDelete.createBackup',
      'The data plane cannot copy databases, so it cannot make a final backup. Set createBackup to false.',
    );
  if (!lifecycle.onTenantCreate.seedData) return undefined;
  if (templates.length === 1) return templates[0];
  throw invalid(
    'onTenantCreate.seedData',
    'The option seedData copies the template database, so the option templates must have exactly one.',
  );
}
