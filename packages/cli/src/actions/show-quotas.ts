import { type TenantQuotaName, TenantQuotaNameEnum, type TenantUsage } from '@objectstack/spec/system';
import type { Action, CommandResult } from '../frame/command.js';
import type { CommandContext } from '../frame/command-context.js';
import { table } from '../output/table.js';

const mostRecords = ({ recordsPerObject }: TenantUsage): number | undefined =>
  recordsPerObject && Math.max(0, ...Object.values(recordsPerObject));

const USAGE: Readonly<Record<TenantQuotaName, (usage: TenantUsage) => number | undefined>> = {
  maxUsers: ({ users }) => users,
  maxObjects: ({ objects }) => objects,
  maxRecordsPerObject: mostRecords,
  maxDeploymentsPerDay: ({ deploymentsToday }) => deploymentsToday,
  maxStorageBytes: ({ storageBytes }) => storageBytes,
  apiRequestsPerMinute: ({ apiRequestsThisMinute }) => apiRequestsThisMinute,
};

async function report(context: CommandContext, tenantId: string, usage: TenantUsage): Promise<CommandResult> {
  const { runtime } = await context.session();
  const { plan, quotas = {} } = (await runtime.tenants.get(tenantId)).tenant;
  return {
    document: { tenantId, plan, quotas, usage },
    text(style) {
      const rows = TenantQuotaNameEnum.options.map((name) => [
        name,
        String(USAGE[name](usage) ?? 'not measured'),
        String(quotas[name] ?? 'unlimited'),
      ]);
      return `${table(style, ['quota', 'used', 'limit'], rows)}\n\nPlan ${plan} of tenant ${tenantId}.`;
    },
  };
}

/** Shows the quotas of a tenant and its usage. */
export const showQuotas: Action = async (context, { args: [reference] }) => {
  const tenantId = await context.tenantId(reference);
  const { runtime } = await context.session();
  return report(context, tenantId, await runtime.quotas.getUsage(tenantId));
};

/** Measures the usage of a tenant again. */
export const recountQuotas: Action = async (context, { args: [reference] }) => {
  const tenantId = await context.tenantId(reference);
  const { runtime } = await context.session();
  return report(context, tenantId, await runtime.quotas.recount(tenantId));
};
