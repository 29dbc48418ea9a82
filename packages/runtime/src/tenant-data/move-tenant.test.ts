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

  it('moves rows of unmanaged tables with their row ids, types and all digits, and the ids that were assigned', async () => {
    const { runtime } = await openTenantDataPlane();
    const { tenantId, driver } = await openShop({ runtime });
    for (const sql of [
      'CREATE TABLE mixed (a, b ANY, g AS (a) STORED)',
      "INSERT INTO mixed (rowid, a, b) VALUES (-9223372036854775807, 1, 1.0), (-5, 9007199254740993, '007'), (3, 2.5, x'00')",
      'CREATE TABLE strict_any (id INTEGER PRIMARY KEY, a ANY) STRICT',
      "INSERT INTO strict_any VALUES (9223372036854775807, '7'), (1, 7), (2, 7.0)",
      'CREATE TABLE keyed (b INTEGER, a TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID',
      "INSERT INTO keyed VALUES (2, 'x'), (9007199254740993, 'x'), (1, 'y')",
      'CREATE TABLE numbered (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT)',
      "INSERT INTO numbered (a) VALUES ('one'), ('two')",
      'DELETE FROM numbered WHERE id = 2',
      `CREATE TABLE wide (${Array.from({ length: 150 }, (_, index) => `c${index} TEXT`).join(', ')})`,
      "INSERT INTO wide (c0, c149) VALUES ('first', 'last')",
    ])
      await driver.execute(sql);
    const exact = [
      'SELECT CAST(rowid AS TEXT), quote(a), quote(b), quote(g) FROM mixed ORDER BY rowid',
      'SELECT CAST(id AS TEXT), quote(a) FROM strict_any ORDER BY id',
      'SELECT quote(a), quote(b) FROM keyed ORDER BY a, b',
      'SELECT c0, c1, c149 FROM wide',
    ];
    const read = () => Promise.all(exact.map(async (sql) => (await driver.execute(sql)).rows));
    const before = await read();
    await runtime.tenantData.moveTenant(tenantId, { region: 'eu-west' });
    expect(await read()).toEqual(before);
    await driver.execute("INSERT INTO numbered (a) VALUES ('three')");
    expect((await driver.execute('SELECT id FROM numbered ORDER BY id')).rows).toEqual([
      { id: 1 },
      { id: 3 },
    ]);
  });

  it('moves values that no result contains, tables whose columns are named like row ids, and an empty table of assigned ids', async () => {
    const { runtime } = await openTenantDataPlane();
    const { tenantId, driver } = await openShop({ runtime });
    for (const sql of [
      'CREATE TABLE texts (a, b REAL)',
      "INSERT INTO texts (a) VALUES (CAST(x'61ff62' AS TEXT)), (CAST(x'61006200' AS TEXT)), ('é€𝄞'), (CAST(x'efbbbf61' AS TEXT)), ('')",
      'INSERT INTO texts VALUES (9e999, -9e999), (5e-324, 1.7976931348623157e308)',
      'CREATE TABLE hidden_id (_rowid_ TEXT, RowId AS (a) STORED, a)',
      "INSERT INTO hidden_id (oid, _rowid_, a) VALUES (7, 'z', 1), (5, NULL, 2), (9, 'a', 3)",
      'CREATE TABLE no_id (_rowid_, RowId, oid)',
      "INSERT INTO no_id VALUES ('z', 1, 1), (NULL, 1, 1), ('z', 1, 1)",
      'CREATE TABLE dropped (id INTEGER PRIMARY KEY AUTOINCREMENT)',
      'DROP TABLE dropped',
    ])
      await driver.execute(sql);
    const exact = [
      'SELECT typeof(a), hex(a), quote(b) FROM texts ORDER BY rowid',
      'SELECT oid, quote(_rowid_), RowId, a FROM hidden_id ORDER BY oid',
      'SELECT quote(_rowid_), RowId, oid FROM no_id',
      "SELECT name FROM sqlite_schema WHERE name = 'sqlite_sequence'",
    ];
    const read = () => Promise.all(exact.map(async (sql) => (await driver.execute(sql)).rows));
    const before = await read();
    await runtime.tenantData.moveTenant(tenantId, { region: 'eu-west' });
    expect(await read()).toEqual(before);
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

  it('refuses virtual tables with nothing moved, and permits writes again', async () => {
    const { runtime, dataPlane } = await openTenantDataPlane();
    const { tenantId, driver } = await openShop({ runtime });
    await driver.execute('CREATE VIRTUAL TABLE found USING fts5(body)');
    await expect(runtime.tenantData.moveTenant(tenantId, { region: 'eu-west' })).rejects.toMatchObject({
      code: 'invalid_state',
      message: expect.stringContaining('found'),
    });
    await driver.create('customer', { name: 'Still here' });
    expect(await databaseNames({ dataPlane })).toEqual([`t-${tenantId}`]);
    await expect(runtime.tenantData.moveTenant(tenantId, { region: 'mars' } as never)).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });
});
