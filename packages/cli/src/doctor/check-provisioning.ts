import type { Check } from './check.js';

const MOST_TENANTS = 200;

export const checkProvisioning: Check = async (context) => {
  const { runtime } = await context.session();
  const { items } = await runtime.tenants.list({ status: 'failed', page: { limit: MOST_TENANTS } });
  return items.map(({ id }) => ({
    severity: 'warning' as const,
    check: 'provisioning' as const,
    code: 'provisioning_failed',
    message: `The provisioning of tenant ${id} failed. Repeat it with the same slug or request key, or destroy the tenant.`,
    command: `objectstack tenants destroy ${id} --confirm ${id}`,
  }));
};
