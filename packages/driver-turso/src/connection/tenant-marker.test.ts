import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { temporaryFolder } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { directConnection } from '../../test/direct-connection.js';
import { sharedSqld } from '../../test/transports.js';
import { createTursoDriver, type TursoDriverOptions } from '../driver/create-turso-driver.js';
import { claimDatabase } from '../local/claim-database.js';
import { readTenantMarker } from './tenant-marker.js';

const server = sharedSqld();

async function fileDatabase() {
  const path = join(await temporaryFolder(), 'tenant.db');
  await writeFile(path, '');
  return { url: pathToFileURL(path).href };
}

async function serverDatabase() {
  const { url, token } = await server().createDatabase();
  return { url, authToken: token };
}

describe.each([
  ['a file', fileDatabase],
  ['a server', serverDatabase],
])('the tenant marker on %s', (_, create) => {
  it('is checked when a driver with an expected tenant connects', async () => {
    const { url, ...options }: { url: string } & TursoDriverOptions = await create();
    const connection = directConnection(url, options);
    const read = () => readTenantMarker((statement) => connection.execute(statement));
    const connect = (expectedTenantId: string) =>
      createTursoDriver({ url }, { ...options, expectedTenantId }).connect();
    expect(await read()).toBeNull();
    await expect(connect('tenant-1')).rejects.toMatchObject({
      code: 'database_invalid',
      details: { reason: 'tenant_missing', expectedTenantId: 'tenant-1' },
    });
    await claimDatabase(connection, 'tenant-1');
    expect(await read()).toMatchObject({ tenantId: 'tenant-1' });
    await connect('tenant-1');
    await expect(connect('tenant-2')).rejects.toMatchObject({
      code: 'database_invalid',
      details: { reason: 'tenant_mismatch', expectedTenantId: 'tenant-2' },
    });
    await connection.close();
  });

  it('is absent if there are two rows, or if the table of that name is unmanaged', async () => {
    const { url, ...options }: { url: string } & TursoDriverOptions = await create();
    const connection = directConnection(url, options);
    const read = () => readTenantMarker((statement) => connection.execute(statement));
    await connection.execute({ sql: 'CREATE TABLE _os_tenant (id TEXT)' });
    expect(await read()).toBeNull();
    await connection.execute({ sql: 'ALTER TABLE _os_tenant ADD COLUMN created_at TEXT' });
    expect(await read()).toBeNull();
    for (const id of ['tenant-1', 'tenant-2']) {
      await connection.execute({ sql: `INSERT INTO _os_tenant VALUES (?, '')`, args: [id] });
      expect(await read()).toEqual(id === 'tenant-1' ? { tenantId: id, createdAt: '' } : null);
    }
    await connection.close();
  });
});
