import { temporaryFolder } from '@objectstack/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { tursoLocal } from './turso-local.js';

const TEMPLATE = 'template-a';
const COLLISION = { code: 'database_collision' };

/** A claimed template with a table, and functions that create databases beside it. */
async function open() {
  const plane = tursoLocal({ dir: await temporaryFolder() });
  onTestFinished(() => plane.close());
  const create = async (name: string, from?: string) => {
    const seed = from === undefined ? {} : { seed: { type: 'database' as const, name: from } };
    const { url } = await plane.platform.createDatabase({ name, ...seed });
    return { url, databaseName: name };
  };
  const template = await create(TEMPLATE);
  await plane.claimDatabase(template, TEMPLATE);
  const driver = plane.createDriver({ ...template, tenantId: TEMPLATE });
  await driver.connect();
  await driver.execute('CREATE TABLE note (id TEXT PRIMARY KEY)');
  await driver.execute("INSERT INTO note VALUES ('one')");
  await driver.disconnect();
  const markerOf = async (connection: { url: string; databaseName: string }) =>
    (await plane.readTenantMarker(connection))?.tenantId ?? null;
  return { plane, create, template, markerOf };
}

describe('a database that is created for a tenant', () => {
  it('has the marker when it appears, also in a copy of its template, so that its claim changes nothing', async () => {
    const { plane, template, markerOf } = await open();
    for (const seed of [undefined, { type: 'database', name: TEMPLATE } as const]) {
      const name = seed ? 'copied' : 'created';
      const request = { name, tenantId: 'tenant', ...(seed && { seed }) };
      const connection = { url: (await plane.platform.createDatabase(request)).url, databaseName: name };
      const marker = await plane.readTenantMarker(connection);
      expect(marker?.tenantId).toBe('tenant');
      await plane.claimDatabase(connection, 'tenant', seed ? { copyOf: TEMPLATE } : {});
      expect(await plane.readTenantMarker(connection)).toEqual(marker);
      await expect(plane.claimDatabase(connection, 'other')).rejects.toMatchObject(COLLISION);
    }
    expect(await markerOf(template)).toBe(TEMPLATE);
  });

  it('is claimed separately if it is a copy of another database, or the id cannot be part of a statement', async () => {
    const { plane, create, markerOf } = await open();
    const unclaimed = await create('unclaimed');
    const owned = await create('owned');
    await plane.claimDatabase(owned, 'owner');
    const copies = [
      [unclaimed.databaseName, null],
      [owned.databaseName, 'owner'],
    ] as const;
    for (const [name, marker] of copies) {
      const seed = { type: 'database', name } as const;
      const databaseName = `copy-of-${name}`;
      const { url } = await plane.platform.createDatabase({ name: databaseName, tenantId: 'tenant', seed });
      expect(await markerOf({ url, databaseName })).toBe(marker);
    }
    const tenantId = `'); DROP TABLE _os_tenant; --`;
    const { url } = await plane.platform.createDatabase({ name: 'quoted', tenantId });
    expect(await markerOf({ url, databaseName: 'quoted' })).toBeNull();
    await plane.claimDatabase({ url, databaseName: 'quoted' }, tenantId);
    expect(await markerOf({ url, databaseName: 'quoted' })).toBe(tenantId);
  });
});

describe('claiming a copy of a template', () => {
  it('replaces only the marker, and may be repeated', async () => {
    const { plane, create, template, markerOf } = await open();
    const copy = await create('copy', TEMPLATE);
    for (let time = 0; time < 2; time++) await plane.claimDatabase(copy, 'tenant', { copyOf: TEMPLATE });
    expect(await markerOf(copy)).toBe('tenant');
    expect(await markerOf(template)).toBe(TEMPLATE);
    const driver = plane.createDriver({ ...copy, tenantId: 'tenant' });
    await driver.connect();
    expect((await driver.execute('SELECT id FROM note')).rows).toEqual([{ id: 'one' }]);
    await driver.disconnect();
  });

  it('rejects an empty database, one without the option, and one with any other marker', async () => {
    const { plane, create, markerOf } = await open();
    const copy = await create('copy', TEMPLATE);
    await expect(plane.claimDatabase(copy, 'tenant')).rejects.toMatchObject(COLLISION);
    await expect(plane.claimDatabase(copy, 'tenant', { copyOf: 'template-b' })).rejects.toMatchObject(
      COLLISION,
    );
    expect(await markerOf(copy)).toBe(TEMPLATE);
    const empty = await create('empty');
    await expect(plane.claimDatabase(empty, 'tenant', { copyOf: TEMPLATE })).rejects.toMatchObject(COLLISION);
    expect(await markerOf(empty)).toBeNull();
    await plane.claimDatabase(copy, 'tenant', { copyOf: TEMPLATE });
    for (const copyOf of [TEMPLATE, 'template-b'])
      await expect(plane.claimDatabase(copy, 'other', { copyOf })).rejects.toMatchObject(COLLISION);
    expect(await markerOf(copy)).toBe('tenant');
  });

  it('is granted to one of several tenants that claim the copy at once', async () => {
    const { plane, create, markerOf } = await open();
    const copy = await create('copy', TEMPLATE);
    const tenants = ['a', 'b', 'c', 'd'];
    const claims = await Promise.allSettled(
      tenants.map((tenant) => plane.claimDatabase(copy, tenant, { copyOf: TEMPLATE })),
    );
    const winners = tenants.filter((_, index) => claims[index]?.status === 'fulfilled');
    expect(winners).toEqual([await markerOf(copy)]);
    for (const claim of claims)
      if (claim.status === 'rejected') expect(claim.reason).toMatchObject(COLLISION);
  });
});
