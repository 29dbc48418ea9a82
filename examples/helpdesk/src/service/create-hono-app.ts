import type { Runtime } from '@objectstack/runtime';
import { Hono } from 'hono';
import { createTenant, deployBundle, type Log, respondToError } from './handlers.js';

/** The service with Hono, whose requests and responses are those of the Fetch API. */
export function createHonoApp(os: Runtime, log: Log) {
  return new Hono()
    .post('/tenants', ({ req }) => createTenant(os, req.raw))
    .post('/tenants/:tenantId/deployments', ({ req }) => deployBundle(os, req.param('tenantId'), req.raw))
    .onError((error) => respondToError(error, log));
}
