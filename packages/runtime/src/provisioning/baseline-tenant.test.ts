import { join } from 'node:path';
import { createTursoDriver } from '@objectstack/driver-turso';
import { isSampled } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { openControlPlane } from '../../test/control-plane.js';
import { crashImages } from '../../test/crash-images.js';
import { openDeployPlane } from '../../test/deploy-plane.js';
import { folderWith, readFolder } from '../../test/folder-content.js';

const TIMEOUT_MS = 120_000;
const AT = ['write', 'before registry.createTenant', 'after registry.createTenant'];
const SYSTEM = 'id TEXT NOT NULL PRIMARY KEY, created_at TEXT NOT NULL, updated_at TEXT NOT NULL';
const AT_ONCE = "'2024-01-01T00:00:00.000Z', '2024-01-01T00:00:00.000Z'";
const NOTE = { name: 'note', fields: { text: { type: 'text', index: true } } } as const;
const bundle = { manifest: { version: '1.0.0' }, objects: [NOTE] };
const request = { orgId: 'acme', databaseName: 'notes', bundle } as const;

/** Files with a database that no tenant has. */
async function foreignDatabase(...more: string[]) {
  const plane = await openControlPlane();
  await plane.dataPlane.platform.createDatabase({ name: 'notes' });
  const driver = createTursoDriver({ url: `file:${join(plane.dir, 'tenants/notes.db')}` });
  await driver.connect();
  for (const sql of [
    `CREATE TABLE note (${SYSTEM}, text TEXT)`,
    `INSERT INTO note VALUES ('a', ${AT_ONCE}, 'old')`,
    ...more,
  ])
    await driver.execute(sql);
  await driver.disconnect();
  return plane;
}

describe('baselineTenant', () => {
  it('adopts a database once, and its deployment is known', async () => {
    const { dir, provisioning } = await foreignDatabase();
    expect(await provisioning.baselineTenant({ ...request, checkOnly: true })).toMatchObject({
      outcome: 'adoptable',
      tenantId: null,
    });
    const adopted = await provisioning.baselineTenant(request);
    expect(adopted).toMatchObject({ outcome: 'adopted', databaseName: 'notes' });
    const { tenantId, deploymentId } = adopted;
    expect(await provisioning.baselineTenant(request)).toMatchObject({
      outcome: 'already_adopted',
      tenantId,
      deploymentId,
    });
    const { deployments, router } = await openDeployPlane({ dir });
    const id = String(tenantId);
    expect((await deployments.list(id)).items).toMatchObject([{ id: deploymentId, status: 'ready' }]);
    expect(await (await router.getTenantClient(id)).find('note', {})).toMatchObject([
      { id: 'a', text: 'old' },
    ]);
    const next = {
      ...bundle,
      manifest: { version: '1.1.0' },
      objects: [{ ...NOTE, fields: { ...NOTE.fields, done: { type: 'boolean' as const } } }],
    };
    expect(await deployments.deploy(id, bundle)).toMatchObject({ outcome: 'unchanged' });
    expect(await deployments.deploy(id, next)).toMatchObject({ status: 'ready', outcome: 'applied' });
  });

  it('refuses what is not as deployed, seed data, and leaves the database as it is', async () => {
    const { dataPlane, provisioning, registry } = await foreignDatabase("UPDATE note SET text = x'07'");
    const connection = { databaseName: 'notes', url: 'file:tenants/notes.db' };
    const seedData = [{ object: 'note', externalId: 'text', records: [{ text: 'x' }] }];
    const other = { ...bundle, objects: [NOTE, { name: 'other', fields: {} }], seedData };
    const refused = { outcome: 'refused', tenantId: null, deploymentId: null };
    expect(await provisioning.baselineTenant(request)).toMatchObject({
      ...refused,
      findings: [{ code: 'invalid_value', object: 'note', name: 'text', samples: ['a'] }, {}],
    });
    expect(await provisioning.baselineTenant({ ...request, bundle: other })).toMatchObject({
      ...refused,
      findings: [{ code: 'seed_data' }, { code: 'table_missing' }, { code: 'invalid_value' }, {}],
    });
    expect(await dataPlane.readTenantMarker(connection)).toBeNull();
    expect(await registry.listAllTenants()).toEqual([]);
  });

  it('rejects invalid bundles, unknown databases and databases of tenants', async () => {
    const { provisioning } = await foreignDatabase();
    const none = { ...request, databaseName: 'none' };
    await expect(provisioning.baselineTenant(none)).rejects.toMatchObject({ code: 'database_not_found' });
    const invalid = { ...request, bundle: { ...bundle, objects: [NOTE, NOTE] } };
    await expect(provisioning.baselineTenant(invalid)).rejects.toMatchObject({ code: 'invalid_bundle' });
    await provisioning.baselineTenant(request);
    for (const other of [{ orgId: 'globex' }, { displayName: 'Other' }])
      await expect(provisioning.baselineTenant({ ...request, ...other })).rejects.toMatchObject({
        code: 'database_collision',
      });
    const next = { ...bundle, manifest: { version: '2.0.0' } };
    await expect(provisioning.baselineTenant({ ...request, bundle: next })).rejects.toMatchObject({
      code: 'invalid_state',
    });
  });

  it(
    'is completed by a repetition in another process, wherever it was killed',
    async () => {
      const { dir, dataPlane } = await foreignDatabase();
      await dataPlane.close();
      const work = { kind: 'provisioning', method: 'baselineTenant', args: [request] } as const;
      const content = await readFolder(dir);
      const { contentAt, points, outcome } = await crashImages({ content, tenantId: 'none', work, at: AT });
      expect(outcome.value).toMatchObject({ outcome: 'adopted' });
      for (const stop of points.filter((_, index) => isSampled(index, 3))) {
        const plane = await openDeployPlane({ dir: await folderWith(await contentAt(stop)) });
        const { provisioning, registry, deployments, router } = plane;
        const { tenantId, deploymentId } = await provisioning.baselineTenant(request);
        expect(await registry.listTenants('acme'), stop.at).toMatchObject([
          { tenant: { id: tenantId, provisioningStatus: 'active' } },
        ]);
        const id = String(tenantId);
        expect((await deployments.list(id)).items, stop.at).toMatchObject([{ id: deploymentId }]);
        expect(await (await router.getTenantClient(id)).count('note')).toBe(1);
        expect(await provisioning.inspectTenants()).toEqual([]);
      }
      expect(new Set(points.map(({ at }) => at))).toEqual(new Set(AT));
    },
    TIMEOUT_MS,
  );
});
