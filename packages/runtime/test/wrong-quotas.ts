import type { IQuotaService } from '@objectstack/spec/contracts';
import type { QuotaReservation } from '@objectstack/spec/system';
import { quotaError } from '../src/quota/quota-error.js';
import type { ChangeQuotas } from './quota-suite.js';

interface WrongQuotas {
  readonly change: ChangeQuotas;
  /** Requirements that must fail. */
  readonly breaks: readonly string[];
}

const replacing =
  (replace: (quotas: IQuotaService) => Partial<IQuotaService>): ChangeQuotas =>
  (quotas) => ({ ...quotas, ...replace(quotas) });

let made = 0;
const invented = (tenantId: string, quota: QuotaReservation['quota'], amount: number): QuotaReservation => ({
  id: `invented-${made++}`,
  tenantId,
  quota,
  amount,
  expiresAt: '2999-01-01T00:00:00.000Z',
});

/** Mutants of the quota service, and the requirements that they fail. */
export const WRONG_QUOTAS: Readonly<Record<string, WrongQuotas>> = {
  'checks before it acts': {
    change: replacing((quotas) => ({
      async reserve(tenantId, quota, amount, options) {
        const answer = await quotas.checkQuota(tenantId, quota, amount);
        if (!answer.allowed) throw quotaError('quota_exceeded', answer);
        return quotas.reserve(tenantId, quota, amount, options).catch((error) => {
          if (error.code === 'quota_exceeded') return invented(tenantId, quota, amount);
          throw error;
        });
      },
    })),
    breaks: ['reserve/parallel'],
  },
  'grants what exceeds the limit': {
    change: replacing((quotas) => ({
      reserve: (tenantId, quota, amount, options) =>
        quotas.reserve(tenantId, quota, amount, options).catch((error) => {
          if (error.code === 'quota_exceeded') return invented(tenantId, quota, amount);
          throw error;
        }),
    })),
    breaks: ['reserve/limit', 'reserve/none', 'reserve/parallel', 'reserve/processes'],
  },
  'grants one less than the limit': {
    change: replacing((quotas) => ({
      async reserve(tenantId, quota, amount, options) {
        const { limit = Infinity, usage } = await quotas.checkQuota(tenantId, quota, 0);
        const all = await quotas.reserve(tenantId, quota, amount, options);
        if (usage + amount < limit) return all;
        await quotas.release(all.id);
        throw quotaError('quota_exceeded', { quota, limit: 0, usage, requested: amount });
      },
    })),
    breaks: ['reserve/limit'],
  },
  'never releases': {
    change: replacing(() => ({ release: async () => {} })),
    breaks: ['end/release', 'end/elsewhere', 'usage/objects'],
  },
  'releases instead of committing': {
    change: replacing((quotas) => ({ commit: (id) => quotas.release(id) })),
    breaks: ['end/release', 'end/commit', 'end/expiry', 'end/day'],
  },
  'ignores commits': {
    change: replacing(() => ({ commit: async () => {} })),
    breaks: ['end/release', 'end/commit', 'end/expiry', 'end/day'],
  },
  'ignores the deadline': {
    change: replacing((quotas) => ({
      reserve: (tenantId, quota, amount, options) =>
        quotas.reserve(tenantId, quota, amount, { ...options, ...(options?.ttlMs && { ttlMs: 86_400_000 }) }),
    })),
    breaks: ['reserve/shape', 'reserve/invalid', 'end/expiry', 'usage/recount'],
  },
  'reserves one whatever was asked': {
    change: replacing((quotas) => ({
      reserve: (tenantId, quota, _amount, options) => quotas.reserve(tenantId, quota, 1, options),
    })),
    breaks: ['reserve/shape', 'reserve/limit', 'reserve/invalid', 'end/commit', 'usage/objects'],
  },
  'reserves while it checks': {
    change: replacing((quotas) => ({
      async checkQuota(tenantId, quota, requested) {
        const answer = await quotas.checkQuota(tenantId, quota, requested);
        if (requested > 0 && answer.allowed) await quotas.reserve(tenantId, quota as 'maxUsers', requested);
        return answer;
      },
    })),
    breaks: ['usage/check'],
  },
  'does not measure members': {
    change: replacing((quotas) => ({
      getUsage: async (tenantId) => ({ ...(await quotas.getUsage(tenantId)), users: 0 }),
    })),
    breaks: ['usage/members', 'usage/recount'],
  },
  'recounts by measuring only members': {
    change: replacing((quotas) => ({
      recount: async (tenantId) => ({ users: 0, measuredAt: (await quotas.getUsage(tenantId)).measuredAt }),
    })),
    breaks: ['usage/recount'],
  },
};
