import { tursoLocal } from '@objectstack/driver-turso';
import { createFileBundleStore, createRuntime } from '@objectstack/runtime';
import { postgresRegistry } from '@objectstack/runtime/postgres';
import { defineBundle } from '@objectstack/spec/system';
import { postgresPool } from '../../testing/src/postgres-pool.js';
import { startPostgres } from '../../testing/src/postgres-server.js';
import { compare, type Figure } from './measure.js';

const bundle = defineBundle({
  manifest: { version: '1.0.0' },
  objects: [{ name: 'note', fields: { title: { type: 'text' } } }],
});
const TENANTS = 50;
const RESOLVED = 50;

/** Resolves tenants whose cached selection and admission have expired, on a registry with many tenants. */
export async function measurePostgres(folder: string): Promise<Figure[]> {
  const server = await startPostgres();
  const dir = `${folder}/on-postgres`;
  const os = await createRuntime({
    dataPlane: tursoLocal({ dir }),
    registry: postgresRegistry({ connectionString: server.url, maxConnections: 4 }),
    bundles: createFileBundleStore(`${dir}/bundles`),
    ttlMs: 0,
  });
  const pool = postgresPool(server.url);
  try {
    const tenantIds: string[] = [];
    for (let count = 0; count < TENANTS; count++) {
      const request = { orgId: 'bench', plan: 'enterprise' } as const;
      const { tenantId } = await os.provisioning.provisionTenant(request);
      await os.deployments.deploy(tenantId, bundle);
      tenantIds.push(tenantId);
    }
    const resolved = tenantIds.slice(0, RESOLVED);
    const session = {
      id: 'bench',
      userId: 'bench',
      activeOrganizationId: 'bench',
      expiresAt: '2999-01-01T00:00:00.000Z',
    };
    // Without a name, as the registry does, because poolers in transaction mode have no prepared statements.
    const text = 'SELECT * FROM _os_control_tenant WHERE id = $1';
    return [
      await compare({
        what: `${RESOLVED} uncached resolveTenant on PostgreSQL, compared with a query by primary key`,
        target: 2,
        rounds: 20,
        warmUp: 5,
        ours: async () => {
          for (const tenantId of resolved) await os.router.resolveTenant(session, { tenantId });
        },
        reference: async () => {
          for (const tenantId of resolved) await pool.query({ text, values: [tenantId] });
        },
      }),
    ];
  } finally {
    await pool.end();
    await os.close();
    await server.stop();
  }
}
