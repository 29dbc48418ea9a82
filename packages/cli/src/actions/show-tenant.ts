import type { Action } from '../frame/command.js';
import { table } from '../output/table.js';

/** Shows a tenant. */
export const showTenant: Action = async (context, { args: [reference] }) => {
  const tenantId = await context.tenantId(reference);
  const { runtime } = await context.session();
  const details = await runtime.tenants.get(tenantId);
  const { tenant, databaseName, requestKey, steps } = details;
  return {
    document: details,
    text(style) {
      const facts = {
        tenant: tenant.id,
        slug: tenant.slug,
        name: tenant.name,
        organization: tenant.organizationId,
        status: tenant.provisioningStatus,
        plan: tenant.plan,
        region: tenant.region,
        database: databaseName,
        'request key': requestKey ?? undefined,
        created: tenant.createdAt,
        purged: tenant.purgeAt,
      };
      const shown = Object.entries(facts).filter(([, value]) => value !== undefined);
      const rows = steps.map(({ name, status, attempt, errorCode }) => [
        name,
        status,
        attempt,
        errorCode ?? '',
      ]);
      return [
        table(style, ['property', 'value'], shown),
        table(style, ['step', 'status', 'attempt', 'error'], rows),
      ].join('\n\n');
    },
  };
};
