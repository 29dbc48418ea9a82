import { describe, expect, it } from 'vitest';
import { databaseContent } from '../../test/deploy-plane.js';
import { allRecords, databaseNames, openShop, openTenantDataPlane } from '../../test/tenant-data-plane.js';

describe('moveTenant', () => {
  it('moves every row, and retains the previous database', async () => {
    const { runtime, dataPlane } = await openTenantDataPlane();
    const { tenantId, driver } = await openShop({ runtime });
    await driver.execute('CREATE TABLE notes (a, b BLOB)');
    await driver.execute("INSERT INTO notes VALUES (1, x'00ff'), (2.5, NULL), ('text', x''), (NULL, NULL)");
    await driver.execute('CREATE VIEW all_notes AS SELECT a FROM notes');
    const before = await allRecords(driver);
    const content = await databaseContent(driver);
    const { databaseName, replaced } = await runtime.tenantData.moveTenant(tenantId, { region: 'eu-west' });
    expect(await allRecords(driver)).toEqual(before);
    const moved = await databaseContent(driver);
    expect(Object.keys(moved)).toEqual(Object.keys(content));
    for (const name of ['notes', '_os_deployment', '_os_object', '_os_sequence', 'customer'])
      expect(moved[name]).toEqual(content[name]);
    expect(await driver.create('customer', { name: 'Next' })).toMatchObject({ code: 'C-0005' });
    expect(await runtime.tenants.get(tenantId)).toMatchObject({
      databaseName,
      tenant: { region: 'eu-west' },
    });
    expect(await databaseNames({ dataPlane })).toEqual([databaseName, `t-${tenantId}`].toSorted());
    expect((await runtime.tenantData.listBackups(tenantId)).items).toEqual([replaced]);
    expect(await runtime.provisioning.inspectTenants()).toEqual([]);
  });

  it('loses no acknowledged write of concurrent callers', async () => {
    const { runtime, dir, clock } = await openTenantDataPlane();
    const other = await openTenantDataPlane({ dir, clock });
    const { tenantId, driver } = await openShop({ runtime });
    const remote = await other.runtime.router.getTenantClient(tenantId);
    const acknowledged: string[] = [];
    let isMoving = true;
    const write = async (writer: typeof driver, prefix: string) => {
      for (let number = 0; isMoving; number++) {
        const id = `${prefix}${number}`;
        const isWritten = await writer.create('customer', { id, name: id }).then(
          () => true,
          () => false,
        );
        if (isWritten) acknowledged.push(id);
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    const writers = [write(driver, 'a'), write(remote, 'b')];
    for (const region of ['eu-west', 'us-east'] as const)
      await runtime.tenantData.moveTenant(tenantId, { region });
    isMoving = false;
    await Promise.all(writers);
    const found = new Set((await driver.find('customer', { fields: ['id'] })).map(({ id }) => id));
    expect(acknowledged.filter((id) => !found.has(id))).toEqual([]);
    expect(acknowledged.length).toBeGreaterThan(0);
  });

  it('permits writes again after a failure', async () => {
    const { runtime, dataPlane } = await openTenantDataPlane();
    const { tenantId, driver } = await openShop({ runtime });
    await driver.execute('CREATE TABLE pairs (a TEXT PRIMARY KEY) WITHOUT ROWID');
    await expect(runtime.tenantData.moveTenant(tenantId, { region: 'eu-west' })).rejects.toMatchObject({
      code: 'sql_error',
    });
    await driver.create('customer', { name: 'Still here' });
    expect(await databaseNames({ dataPlane })).toEqual([`t-${tenantId}`]);
    await expect(runtime.tenantData.moveTenant(tenantId, { region: 'mars' } as never)).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });
});
