import type { Runtime } from '@objectstack/runtime';
import { createTenant, deployBundle, type Log, respondToError } from './handlers.js';

const DEPLOYMENTS = /^\/tenants\/([\w-]+)\/deployments$/;

async function route(os: Runtime, request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  const tenantId = DEPLOYMENTS.exec(pathname)?.[1];
  if (request.method === 'POST' && pathname === '/tenants') return createTenant(os, request);
  if (request.method === 'POST' && tenantId !== undefined) return deployBundle(os, tenantId, request);
  return Response.json({ title: 'There is no such route.', status: 404 }, { status: 404 });
}

/** A service without a framework: `toListener` runs it on the HTTP server of Node. */
export function createService(os: Runtime, log: Log) {
  return (request: Request): Promise<Response> =>
    route(os, request).catch((error: unknown) => respondToError(error, log));
}
