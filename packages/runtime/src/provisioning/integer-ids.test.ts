import { join } from 'node:path';
import { createTursoDriver } from '@objectstack/driver-turso';
import type { IDataDriver } from '@objectstack/spec/contracts';
import type { DeployBundleInput } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { bundleOf } from '../../test/sample-bundles.js';
import { linesOf, openTenantDataPlane } from '../../test/tenant-data-plane.js';

const LARGE = '9007199254740993';
const MEMBER = {
  name: 'member',
  idType: 'integer',
  fields: {
    name: { type: 'text', unique: true, maskingRule: { strategy: 'substitute' } },
    size: { type: 'number' },
  },
} as const;
const VISIT = {
  name: 'visit',
  idType: 'integer',
  fields: {
    member: { type: 'lookup', reference: 'member', deleteBehavior: 'cascade' },
    host: { type: 'lookup', reference: 'member', deleteBehavior: 'set_null' },
  },
} as const;
const REST = 'created_at TEXT NOT NULL, updated_at TEXT NOT NULL';
const AT = "'2024-01-01T00:00:00.000Z', '2024-01-01T00:00:00.000Z'";
const ADOPTED = [
  `CREATE TABLE member (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, ${REST}, name TEXT UNIQUE, size INTEGER)`,
  `CREATE TABLE visit (id INTEGER PRIMARY KEY NOT NULL, ${REST}, member INTEGER REFERENCES member (id) ON DELETE CASCADE,
    host BIGINT REFERENCES member (id) ON DELETE SET NULL)`,
  `INSERT INTO member VALUES (1, ${AT}, 'Ada', 1), (${LARGE}, ${AT}, 'Bob', 2), (9007199254740999, ${AT}, 'Eve', 3)`,
  `INSERT INTO visit VALUES (7, ${AT}, ${LARGE}, 1), (8, ${AT}, 1, ${LARGE})`,
  'DELETE FROM member WHERE id = 9007199254740999',
];
const NEXT = '9007199254741000';

let version = 0;
const bundle = (more: Partial<DeployBundleInput> = {}): DeployBundleInput =>
  bundleOf({ objects: [MEMBER, VISIT], ...more } as never, `1.0.${++version}`);

const allRecords = (driver: IDataDriver) =>
  Promise.all(
    ['member', 'visit'].map(
      async (name) => [name, await driver.find(name, { orderBy: [{ field: 'id' }] })] as const,
    ),
  );

async function adopted() {
  const plane = await openTenantDataPlane();
  await plane.dataPlane.platform.createDatabase({ name: 'club' });
  const driver = createTursoDriver({ url: `file:${join(plane.dir, 'tenants/club.db')}` });
  await driver.connect();
  for (const sql of ADOPTED) await driver.execute(sql);
  await driver.disconnect();
  const { tenantId, outcome } = await plane.runtime.provisioning.baselineTenant({
    orgId: 'acme',
    databaseName: 'club',
    bundle: bundle(),
  });
  expect(outcome).toBe('adopted');
  const id = String(tenantId);
  return { ...plane, tenantId: id, tenant: await plane.runtime.router.getTenantClient(id) };
}

describe('a tenant with integer ids', () => {
  it('is exported, imported, cloned and masked with its ids, and assigns none again', async () => {
    const { runtime, tenantId, tenant } = await adopted();
    const records = await allRecords(tenant);
    const lines = await linesOf(runtime.tenantData.exportTenant(tenantId));
    const imported = await runtime.tenantData.importTenant(lines, { orgId: 'acme' });
    const masked = await runtime.tenantData.cloneTenant(tenantId);
    for (const copy of [imported, masked]) {
      const driver = await runtime.router.getTenantClient(copy.tenantId);
      const found = await allRecords(driver);
      const withoutNames = (all: typeof records) =>
        JSON.parse(JSON.stringify(all, (key, value) => (key === 'name' && copy === masked ? '' : value)));
      expect(withoutNames(found)).toEqual(withoutNames(records));
      expect((await driver.create('member', { name: 'Next' })).id).toBe(NEXT);
      expect((await driver.create('visit', { member: NEXT })).id).toBe('9');
    }
  });

  it('gets seed records and loses them in a rollback, which restores what they replaced', async () => {
    const { runtime, tenantId, tenant } = await adopted();
    const records = await allRecords(tenant);
    const seeds = (mode: string) =>
      bundle({
        seedData: [
          {
            object: 'member',
            mode,
            externalId: 'name',
            records: [{ name: 'Bob', size: 9 }, { name: 'New' }],
          },
          {
            object: 'visit',
            mode: 'insert',
            records: [
              { id: '40', member: 'New', host: 'Bob' },
              { id: '41', member: '1' },
            ],
          },
        ],
      } as never);
    const first = await runtime.deployments.deploy(tenantId, seeds('upsert'));
    expect(first.status).toBe('ready');
    const made = await tenant.findOne('member', { where: { name: 'New' } });
    expect(made?.id).toBe(NEXT);
    expect(await tenant.find('visit', { where: { id: { $gte: '40' } } })).toMatchObject([
      { id: '40', member: NEXT, host: LARGE },
      { id: '41', member: '1', host: null },
    ]);
    const second = await runtime.deployments.deploy(tenantId, seeds('replace'), {
      allow: ['replace_records:member'],
    });
    expect(second.status).toBe('ready');
    for (const { deploymentId } of [second, first])
      await runtime.deployments.rollbackDeployment(tenantId, deploymentId);
    const ids = new Set(records.flatMap(([, all]) => all.map(({ id }) => id)));
    const left = (await allRecords(tenant)).map(([name, all]) => [name, all.filter(({ id }) => ids.has(id))]);
    expect(left).toEqual(records);
  });
});
