import type { ITenantRegistry, TenantRecord } from '@objectstack/spec/contracts';
import {
  type PlanQuotas,
  TENANT_PLAN_QUOTAS,
  type TenantPlan,
  type TenantQuota,
} from '@objectstack/spec/system';
import { effectiveQuotas } from './effective-quotas.js';

/** Quotas of every plan. */
export type QuotasOfPlans = Readonly<Record<TenantPlan, TenantQuota>>;

/** The defaults, each replaced by the configured quotas of its plan. */
export const quotasOfPlans = (configured: PlanQuotas = {}): QuotasOfPlans => ({
  free: configured.free ?? TENANT_PLAN_QUOTAS.free,
  pro: configured.pro ?? TENANT_PLAN_QUOTAS.pro,
  enterprise: configured.enterprise ?? TENANT_PLAN_QUOTAS.enterprise,
});

/** The registry, whose tenants have the quotas of the given plans instead of the defaults. */
export function withPlanQuotas(registry: ITenantRegistry, plans: QuotasOfPlans): ITenantRegistry {
  const one = (record: TenantRecord): TenantRecord => {
    const { tenant, quotaOverrides = {} } = record;
    return { ...record, tenant: { ...tenant, quotas: effectiveQuotas(plans[tenant.plan], quotaOverrides) } };
  };
  const orNull = (record: TenantRecord | null) => record && one(record);
  const all = (records: TenantRecord[]) => records.map(one);
  const within = <T extends { record: TenantRecord }>(result: T): T => ({
    ...result,
    record: one(result.record),
  });
  const replaced: Partial<ITenantRegistry> = {
    createTenant: async (...args) => within(await registry.createTenant(...args)),
    updateTenant: async (...args) => within(await registry.updateTenant(...args)),
    findByRequestKey: async (...args) => orNull(await registry.findByRequestKey(...args)),
    getTenant: async (...args) => orNull(await registry.getTenant(...args)),
    setTenantNames: async (...args) => orNull(await registry.setTenantNames(...args)),
    setQuotaOverrides: async (...args) => one(await registry.setQuotaOverrides(...args)),
    listAllTenants: async (...args) => all(await registry.listAllTenants(...args)),
    listTenants: async (...args) => all(await registry.listTenants(...args)),
    selectTenants: async (...args) => all(await registry.selectTenants(...args)),
    findTenants: async (...args) => all(await registry.findTenants(...args)),
    listOverdue: async (...args) => all(await registry.listOverdue(...args)),
    listAbandoned: async (...args) => all(await registry.listAbandoned(...args)),
    claimPooledDatabase: async (...args) => {
      const claimed = await registry.claimPooledDatabase(...args);
      return claimed && within(claimed);
    },
    createTenantFromCopy: async (...args) => {
      const created = await registry.createTenantFromCopy(...args);
      return created && within(created);
    },
    switchDatabase: async (...args) => orNull(await registry.switchDatabase(...args)),
  };
  return new Proxy(registry, {
    get(target, key) {
      const member = Reflect.get(replaced, key) ?? Reflect.get(target, key, target);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}
