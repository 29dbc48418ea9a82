import { checksById } from '../kit/requirements.js';
import type { QuotaCheck, QuotaChecks } from './quota-check.js';
import { endChecks, reserveChecks, usageChecks } from './reserve-checks.js';

const GROUPS: Readonly<Record<string, QuotaChecks>> = {
  reserve: reserveChecks,
  end: endChecks,
  usage: usageChecks,
};

/** Every check of a quota service, by id. */
export const QUOTA_SERVICE_CHECKS: ReadonlyMap<string, QuotaCheck> = checksById('quota-service', GROUPS);
