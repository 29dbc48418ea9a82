import { checksById } from '../kit/requirements.js';
import { cacheChecks, clientChecks, concurrencyChecks } from './cache-checks.js';
import type { RouterCheck, RouterChecks } from './router-check.js';
import { selectChecks } from './select-checks.js';
import { contextChecks, sessionChecks } from './session-checks.js';

const GROUPS: Readonly<Record<string, RouterChecks>> = {
  session: sessionChecks,
  context: contextChecks,
  select: selectChecks,
  cache: cacheChecks,
  client: clientChecks,
  concurrency: concurrencyChecks,
};

/** Every check of a tenant router, by id. */
export const TENANT_ROUTER_CHECKS: ReadonlyMap<string, RouterCheck> = checksById('tenant-router', GROUPS);
