import { describe, expectTypeOf, it } from 'vitest';
import type { IQuotaLedger, QuotaClaim, QuotaClaimResult } from './quota-ledger.js';
import type { ITenantRegistry } from './tenant-registry.js';

describe('IQuotaLedger', () => {
  it('is a part of the registry', () => {
    expectTypeOf<ITenantRegistry>().toExtend<IQuotaLedger>();
  });

  it('returns whether a claim was granted', () => {
    expectTypeOf<IQuotaLedger['claimQuota']>().parameter(0).toEqualTypeOf<QuotaClaim>();
    expectTypeOf<QuotaClaimResult['outcome']>().toEqualTypeOf<'granted' | 'refused' | 'measure_again'>();
  });
});
