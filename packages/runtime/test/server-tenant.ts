import { createTursoDriver } from '@objectstack/driver-turso';
import type { IDataDriver, ITenantRouter } from '@objectstack/spec/contracts';
import type { SqldServer } from '@objectstack/testing';
import { onTestFinished } from 'vitest';
import { createDeployPipeline } from '../src/deploy/create-deploy-pipeline.js';
import type { DeployContext } from '../src/deploy/deploy-context.js';
import { openTenant } from './deploy-plane.js';

/** Claims an empty database for a copy of the tenant, which has no other content. */
async function copyClaim(from: IDataDriver, to: IDataDriver): Promise<void> {
  const { rows: made } = await from.execute('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL');
  const { rows: markers } = await from.execute(
    'SELECT id, format_version, created_at, updated_at FROM _os_tenant',
  );
  const insert = 'INSERT INTO _os_tenant (id, format_version, created_at, updated_at) VALUES (?, ?, ?, ?)';
  await to.executeAtomic([
    ...made.map(({ sql }) => ({ sql: String(sql) })),
    ...markers.map((marker) => ({ sql: insert, args: Object.values(marker) as string[] })),
  ]);
  await to.refresh();
}

/** Like `openTenant`, with the database of the tenant on a libSQL server. */
export async function openServerTenant(
  server: SqldServer,
  options: Pick<DeployContext, 'seedChunkSize'> = {},
): Promise<Awaited<ReturnType<typeof openTenant>>> {
  const tenant = await openTenant();
  const { url, token } = await server.createDatabase();
  const driver = createTursoDriver({ url }, { authToken: token });
  await driver.connect();
  onTestFinished(() => driver.disconnect());
  await copyClaim(tenant.driver, driver);
  const router: ITenantRouter = { ...tenant.router, getTenantClient: async () => driver };
  return {
    ...tenant,
    driver,
    router,
    deployments: createDeployPipeline({ ...tenant, ...options, router, environment: 'prod' }),
  };
}
