import { TenantQuotaNameEnum, type TenantQuotaOverrides } from '@objectstack/spec/system';
import type { Action } from '../frame/command.js';
import { usageError } from '../frame/command-error.js';
import { listOption } from '../frame/read-options.js';
import { showQuotas } from './show-quotas.js';

/** A quota that differs from that of the plan, such as `maxUsers=50`. Throws a usage error. */
function overrideIn(assignment: string): [string, number | null] {
  const [name = '', value = '', ...rest] = assignment.split('=');
  const quota = TenantQuotaNameEnum.safeParse(name);
  if (!quota.success)
    throw usageError(`There is no quota ${name}. The quotas are ${TenantQuotaNameEnum.options.join(', ')}.`);
  if (rest.length > 0 || !/^(?:\d{1,15}|unlimited)$/.test(value))
    throw usageError(`The quota ${name} must be a whole number or unlimited: ${name}=50.`);
  return [quota.data, value === 'unlimited' ? null : Number(value)];
}

/** Replaces the quotas of a tenant that differ from those of its subscription plan. */
export const setQuotas: Action = async (context, input) => {
  const overrides: TenantQuotaOverrides = Object.fromEntries(listOption(input, 'quota').map(overrideIn));
  const tenantId = await context.tenantId(input.args[0]);
  const { runtime } = await context.session();
  await runtime.tenants.setQuotas(tenantId, overrides, { signal: context.signal });
  return showQuotas(context, { ...input, args: [tenantId] });
};
