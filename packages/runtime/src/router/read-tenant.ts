import type { TenantRecord } from '@objectstack/spec/contracts';
import { type Clock, Period } from '../shared/clock.js';
import { NEGATIVE_TTL_MS } from './refusal.js';

/** How long what the registry said about a tenant is used without reading it again. */
export interface Validity {
  /** The tenant is in service. */
  readonly admitted: Period;
  /** It is not. */
  readonly refused: Period;
}

/** A tenant that was read from the registry. */
export interface ReadTenant {
  readonly record: TenantRecord;
  /** Began before the registry was read, so that its age is never underestimated. */
  readonly periods: Validity;
}

/** Begins now: call it before the registry is read. */
export const validityOf = (clock: Clock, ttlMs: number): Validity => ({
  admitted: new Period(clock, ttlMs),
  refused: new Period(clock, Math.min(ttlMs, NEGATIVE_TTL_MS)),
});
