import { describe, expect, it } from 'vitest';
import { deploy, openTenant } from '../../test/deploy-plane.js';
import { bundleOf, objectOf } from '../../test/sample-bundles.js';

const text = { type: 'text' } as const;
const version = (index: number) =>
  bundleOf({ objects: [objectOf('item', { [`field_${index}`]: text, name: text })] }, `${index}.0.0`);

/** A tenant with the given number of deployments, of which each but the first removes a field. */
async function deployed(count: number, isSimultaneous = false) {
  const tenant = await openTenant();
  const ids: string[] = [];
  for (let index = 1; index <= count; index++) {
    const allow = index > 1 ? [`remove_field:item.field_${index - 1}`] : [];
    ids.unshift((await deploy(tenant, version(index), { allow })).deploymentId);
    if (!isSimultaneous) tenant.clock.advance(1_000);
  }
  return { ...tenant, ids };
}

type Deployments = Pick<Awaited<ReturnType<typeof deployed>>, 'deployments' | 'tenantId'>;

async function pages({ deployments, tenantId }: Deployments, limit: number): Promise<string[][]> {
  const read: string[][] = [];
  let cursor: string | null | undefined;
  do {
    const page = await deployments.list(tenantId, { limit, ...(cursor && { cursor }) });
    read.push(page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor);
  return read;
}

describe('list', () => {
  it('returns the deployments in pages, latest first', async () => {
    const tenant = await deployed(5);
    const { ids } = tenant;
    expect(await pages(tenant, 2)).toEqual([ids.slice(0, 2), ids.slice(2, 4), ids.slice(4)]);
    expect(await pages(tenant, 5)).toEqual([ids]);
    expect((await tenant.deployments.list(tenant.tenantId)).items).toHaveLength(5);
  });

  it('misses and repeats none of the deployments that started at the same time', async () => {
    const tenant = await deployed(4, true);
    const read = (await pages(tenant, 1)).flat();
    expect(read).toEqual([...tenant.ids].sort().reverse());
  });

  it('continues after the cursor if a deployment is added in between', async () => {
    const { deployments, tenantId, ids, ...tenant } = await deployed(3);
    const { nextCursor } = await deployments.list(tenantId, { limit: 1 });
    await deploy({ deployments, tenantId }, version(4), { allow: ['remove_field:item.field_3'] });
    const next = await deployments.list(tenantId, { cursor: nextCursor ?? '' });
    expect(next.items.map(({ id }) => id)).toEqual(ids.slice(1));
    expect(await tenant.registry.listDeployments(tenantId)).toHaveLength(4);
  });

  it.each([{ limit: 0 }, { limit: 1_000 }, { cursor: 'x' }, { cursor: '' }, { offset: 1 }])(
    'rejects the page %j',
    async (page) => {
      const { deployments, tenantId } = await openTenant();
      await expect(deployments.list(tenantId, page as never)).rejects.toMatchObject({
        code: 'invalid_request',
        details: { issues: [{ path: expect.any(String) }] },
      });
    },
  );

  it('is rejected for a tenant that does not exist', async () => {
    const { deployments } = await openTenant();
    for (const call of [deployments.list('none'), deployments.get('none', 'd'), deployments.latest('none')])
      await expect(call).rejects.toMatchObject({ code: 'tenant_not_found' });
  });
});

describe('latest', () => {
  it('is null before the first deployment', async () => {
    const { deployments, tenantId } = await openTenant();
    expect(await deployments.latest(tenantId)).toBeNull();
  });

  it('is the deployment in effect, whatever failed or was rolled back after it', async () => {
    const { deployments, tenantId, driver, ids } = await deployed(2);
    const latest = async () => (await deployments.latest(tenantId))?.id;
    expect(await latest()).toBe(ids[0]);
    await driver.create('item', { name: 'x' });
    await driver.create('item', { name: 'x' });
    const unique = bundleOf(
      { objects: [objectOf('item', { field_2: text, name: { ...text, unique: true } })] },
      '3.0.0',
    );
    expect(await deploy({ deployments, tenantId }, unique)).toMatchObject({ status: 'failed' });
    expect(await latest()).toBe(ids[0]);
    const { deploymentId } = await deployments.rollbackDeployment(tenantId, ids[0] ?? '');
    expect(await latest()).toBe(ids[1]);
    const redone = await deployments.rollbackDeployment(tenantId, deploymentId);
    expect(await latest()).toBe(redone.deploymentId);
    expect((await deployments.list(tenantId)).items).toHaveLength(5);
  });
});
