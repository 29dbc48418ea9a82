import type { IDataDriver, IQuotaService, ReserveQuotaOptions } from '@objectstack/spec/contracts';
import { ObjectStackError, unlessAborted } from '@objectstack/spec/shared';
import { findTenant } from '../shared/find-tenant.js';
import { readOptions } from '../shared/read-options.js';
import { checkQuota } from './check-quota.js';
import { countUsage, type QuotaContext } from './count-usage.js';
import { endReservation, reservationNotFound, reserveQuota } from './reserve-quota.js';

/** The next write of each object counts its records again. */
async function forgetRecordCounts(driver: IDataDriver): Promise<void> {
  const { rows } = await driver.execute("SELECT 1 FROM sqlite_schema WHERE name = '_os_record_count'");
  if (rows.length > 0) await driver.execute('DELETE FROM _os_record_count');
}

async function recount(context: QuotaContext, tenantId: string) {
  const record = await findTenant(context.registry, tenantId);
  const driver = await context.router.getTenantClient(tenantId);
  await context.registry.removeExpired(tenantId, context.clock.now().toISOString());
  await forgetRecordCounts(driver);
  return countUsage(context, record, driver);
}

/** Quota service that counts in the registry and in the tenant's database at every call. */
export function createQuotaService(context: QuotaContext): IQuotaService {
  return {
    checkQuota: async (tenantId, quota, requested, options = {}) => {
      const { object, ...others } = readOptions(options as object) as { object?: unknown };
      if (Object.keys(others).length > 0)
        throw new ObjectStackError({
          code: 'invalid_request',
          message: 'Checking a quota has only the option object.',
        });
      return checkQuota(context, tenantId, { quota, requested, ...(object !== undefined && { object }) });
    },
    reserve: async (tenantId, quota, amount, options) => {
      const { signal, actor: _, requestId: __, ...given } = readOptions<ReserveQuotaOptions>(options);
      return unlessAborted(reserveQuota(context, tenantId, { quota, amount, ...given, signal }), signal);
    },
    commit: async (reservationId) => {
      if (!(await endReservation(context, reservationId, 'commit'))) throw reservationNotFound();
    },
    release: async (reservationId) => {
      await endReservation(context, reservationId, 'release');
    },
    recount: (tenantId) => recount(context, tenantId),
    getUsage: async (tenantId) => {
      const record = await findTenant(context.registry, tenantId);
      return countUsage(context, record, await context.router.getTenantClient(tenantId));
    },
  };
}
