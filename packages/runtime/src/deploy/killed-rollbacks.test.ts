import { IS_EXHAUSTIVE } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { crashImages } from '../../test/crash-images.js';
import { deploy, openDeployPlane, openTenant } from '../../test/deploy-plane.js';
import { expectSettled, LEASE_MS, recorded } from '../../test/deployment-facts.js';
import { folderWith, readFolder } from '../../test/folder-content.js';
import { bundleOf, objectOf } from '../../test/sample-bundles.js';
import type { StopPoint } from '../../test/stop-point.js';

const KILLS = 3;
const TIMEOUT_MS = 600_000;
const text = { type: 'text' } as const;
const item = (...fields: string[]) =>
  objectOf('item', {
    name: { type: 'text', unique: true },
    size: { type: 'number' },
    ...Object.fromEntries(fields.map((name) => [name, text])),
  });
const seeds = (size: number) => [
  { object: 'item', mode: 'replace' as const, records: [{ name: 'a', size }] },
];
/** The second removes a field with a value, and its seed a record and the value of another; the others a field each. */
const VERSIONS = [
  bundleOf({ objects: [item('one', 'two', 'three')] }),
  bundleOf({ objects: [item('two', 'three')], seedData: seeds(2) }, '2.0.0'),
  bundleOf({ objects: [item('three')], seedData: seeds(3) }, '3.0.0'),
  bundleOf({ objects: [item()], seedData: seeds(4) }, '4.0.0'),
];
const REMOVED = ['', 'one', 'two', 'three'];
const RECORDS = [
  { id: 'a', name: 'a', size: 1, one: '1', two: '2', three: '3' },
  { id: 'own', name: 'own', size: 1, one: '4', two: '5', three: '6' },
];

type Tenant = Awaited<ReturnType<typeof openTenant>>;

/** A tenant with some of the versions in effect, and the ids of their deployments. */
async function deployed(count: number) {
  const tenant = await openTenant();
  const ids: string[] = [];
  for (const [index, bundle] of VERSIONS.slice(0, count).entries()) {
    const allow = index > 0 ? [`remove_field:item.${REMOVED[index]}`, 'replace_records:item'] : [];
    ids.push(
      (await deploy(tenant, bundle, { allow: index === 2 || index === 3 ? allow.slice(0, 1) : allow }))
        .deploymentId,
    );
    if (index === 0) for (const record of RECORDS) await tenant.driver.create('item', record);
  }
  return { tenant, ids };
}

/** Writes before which a process is killed: all of them in the exhaustive tier, else some all over the work. */
function chosen(points: readonly StopPoint[]): StopPoint[] {
  const last = points.length - 1;
  const some = Array.from({ length: KILLS }, (_, index) => Math.round((index * last) / (KILLS - 1)));
  return points.filter((_, index) => IS_EXHAUSTIVE || some.includes(index));
}

/** The history is that of whole rollbacks, and the registry tells the same once the lease of the dead is over. */
async function expectTold(tenant: Tenant, deployments: number): Promise<number> {
  const { driver, dataPlane, registry, tenantId, clock } = tenant;
  expect((await driver.execute('PRAGMA integrity_check')).rows).toEqual([{ integrity_check: 'ok' }]);
  clock.advance(LEASE_MS);
  await tenant.deployments.sweep();
  const history = await dataPlane.schemaDiff.readHistory(driver);
  const undone = history.length - deployments;
  for (const { id, rollbackOf, rolledBackBy } of history) {
    const record = await registry.getDeployment(tenantId, id);
    if (rollbackOf !== undefined) expect(record).toMatchObject({ status: 'ready', rollbackOf });
    const told = (await tenant.deployments.list(tenantId)).items.find((one) => one.id === id);
    expect(told).toMatchObject({ status: 'ready' });
    expect(told?.supersededBy).toBe(rolledBackBy);
  }
  const others = (await registry.listDeployments(tenantId)).filter(
    ({ id }) => !history.some((entry) => entry.id === id),
  );
  for (const record of others)
    expect(record).toMatchObject({ status: 'failed', result: { outcome: 'not_applied' } });
  return undone;
}

/** Lets this process finish a rollback of all versions but the first, wherever another one was killed. */
async function killEverywhere(versions: number): Promise<void> {
  const { tenant: first, ids } = await deployed(versions);
  const { tenantId } = first;
  const [, deploymentId = ''] = ids;
  const includeLater = versions > 2;
  const work = { kind: 'rollback', deploymentId, includeLater } as const;
  await first.dataPlane.close();
  const content = await readFolder(first.dir);
  const { points, outcome, contentAt } = await crashImages({ content, tenantId, work, at: ['write'] });
  expect(outcome.value).toMatchObject({ outcome: 'applied' });
  const found: string[] = [];
  for (const stop of chosen(points)) {
    const plane = await openDeployPlane({ dir: await folderWith(await contentAt(stop)) });
    const { dataPlane, deployments } = plane;
    const driver = await plane.router.getTenantClient(tenantId);
    const tenant = { ...plane, tenantId, driver };
    const undone = await expectTold(tenant, versions);
    await deployments.rollbackDeployment(tenantId, deploymentId, { includeLater });
    expect(await driver.find('item')).toMatchObject(RECORDS);
    expect(await dataPlane.schemaDiff.readHistory(driver)).toHaveLength(2 * versions - 1);
    expect(await recorded(tenant)).toEqual(
      [
        ...VERSIONS.slice(0, versions).map(({ manifest }) => `${manifest.version} ready`),
        ...VERSIONS.slice(0, versions - 1).map(({ manifest }) => `${manifest.version} rollback ready`),
      ].sort(),
    );
    await expectSettled(tenant);
    found.push(`${stop.occurrence}: ${undone}`);
  }
  console.info(`killed before a write, and rolled back by then: ${found.join(', ')}`);
  for (const undone of [0, versions - 1]) expect(found.join()).toMatch(new RegExp(`: ${undone}\\b`));
}

describe('a rollback whose process is killed', () => {
  it('is finished by another process, wherever it was', () => killEverywhere(2), TIMEOUT_MS);

  it(
    'of several deployments is finished by another process, wherever it was',
    () => killEverywhere(4),
    TIMEOUT_MS,
  );
});
