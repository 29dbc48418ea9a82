import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tursoLocal } from '@objectstack/driver-turso';
import { createRuntime, type Runtime } from '@objectstack/runtime';
import { temporaryFolder } from '@objectstack/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createExpressApp } from './create-express-app.js';
import { createHonoApp } from './create-hono-app.js';
import { createService } from './create-service.js';
import type { Log } from './handlers.js';
import { toListener } from './to-listener.js';

const SERVICES: Record<string, (os: Runtime, log: Log) => RequestListener> = {
  Node: (os, log) => toListener(createService(os, log)),
  Hono: (os, log) => toListener(createHonoApp(os, log).fetch),
  Express: (os, log) => createExpressApp(os, log),
};

const JSON_TYPE = { 'content-type': 'application/json' };
const BUNDLE = JSON.stringify({
  manifest: { version: '1.0.0' },
  objects: [{ name: 'note', fields: { text: { type: 'text' } } }],
});

async function serve(name: string, os: Runtime) {
  const logged: unknown[] = [];
  const server = createServer(SERVICES[name]?.(os, (error) => logged.push(error)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const post = async (path: string, body: string, headers: Record<string, string> = JSON_TYPE) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', headers, body });
    const type = response.headers.get('content-type') ?? '';
    const text = await response.text();
    return { status: response.status, type, body: type.includes('json') ? JSON.parse(text) : text };
  };
  return { post, logged };
}

async function openRuntime(): Promise<Runtime> {
  const os = await createRuntime({ dataPlane: tursoLocal({ dir: await temporaryFolder() }) });
  onTestFinished(() => os.close());
  return os;
}

describe.each(Object.keys(SERVICES))('a service with %s', (name) => {
  it('provisions a tenant and deploys a bundle', async () => {
    const os = await openRuntime();
    const { post } = await serve(name, os);
    const tenant = await post('/tenants', JSON.stringify({ orgId: 'org_1', requestKey: 'sign-up' }));
    expect(tenant).toMatchObject({ status: 201, body: { status: 'active' } });
    const { tenantId } = tenant.body;
    expect(await post(`/tenants/${tenantId}/deployments`, BUNDLE)).toMatchObject({
      status: 201,
      body: { status: 'ready', outcome: 'applied' },
    });
    const driver = await os.router.getTenantClient(tenantId);
    expect(await driver.count('note')).toBe(0);
  });

  it('responds to failed requests with problem details', async () => {
    const { post, logged } = await serve(name, await openRuntime());
    const cases = [
      ['/tenants', '{"orgId": ""}', 400, 'invalid_request'],
      ['/tenants', '{"orgId": }', 400, 'invalid_request'],
      ['/tenants', `"${'x'.repeat(1_100_000)}"`, 413, 'request_too_large'],
      ['/tenants/none/deployments', BUNDLE, 404, 'tenant_not_found'],
    ] as const;
    for (const [path, body, status, code] of cases)
      expect(await post(path, body)).toMatchObject({
        status,
        type: 'application/problem+json',
        body: { code, status },
      });
    expect(await post('/tenants', '{}', { 'content-type': 'text/plain' })).toMatchObject({ status: 415 });
    expect(await post('/nowhere', '{}')).toMatchObject({ status: 404 });
    expect(logged).toEqual([]);
  });

  it('logs an unexpected error and does not describe it', async () => {
    const failing = { provisioning: {} } as Runtime;
    const { post, logged } = await serve(name, failing);
    const response = await post('/tenants', JSON.stringify({ orgId: 'org_1', requestKey: 'a' }));
    expect(response).toMatchObject({ status: 500, body: { code: 'internal' } });
    expect(logged).toEqual([expect.any(TypeError)]);
    expect(JSON.stringify(response.body)).not.toContain('provisionTenant');
  });
});
