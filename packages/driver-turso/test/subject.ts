import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { IDataDriver } from '@objectstack/spec/contracts';
import type { ObjectDefinition } from '@objectstack/spec/data';
import { type SqldServer, temporaryFolder } from '@objectstack/testing';
import { expect } from 'vitest';
import { createTursoDriver } from '../src/driver/create-turso-driver.js';
import { createSqliteSchemaDiff } from '../src/migration/schema-diff-service.js';
import { connected, deploy, directClient } from './database.js';
import { rowsBy } from './table-rows.js';

export type Read = (sql: string, args?: string[]) => Promise<readonly Record<string, unknown>[]>;

/** A database, and a way into it that knows nothing of metadata. */
export interface Subject {
  readonly driver: IDataDriver;
  readonly read: Read;
  readonly write: (sql: string) => Promise<void>;
}

export type OpenSubject = (objects: readonly ObjectDefinition[]) => Promise<Subject>;

/** On a file; nothing here is about power cuts, so it need not reach the disk each time. */
export const onFile: OpenSubject = async (objects) => {
  const path = join(await temporaryFolder(), 'tenant.db');
  await writeFile(path, '');
  const driver = await connected({ url: pathToFileURL(path).href, durability: 'normal' });
  await deploy(driver, objects);
  const client = directClient(path);
  return {
    driver,
    read: async (sql, args = []) => (await client.execute({ sql, args })).rows,
    write: async (sql) => {
      await client.execute(sql);
    },
  };
};

/** On a server, in a database of its own. */
export const onServer =
  (server: () => SqldServer): OpenSubject =>
  async (objects) => {
    const { url, token } = await server().createDatabase();
    const driver = createTursoDriver({ url }, { authToken: token });
    await driver.connect();
    await deploy(driver, objects);
    return {
      driver,
      read: async (sql, args = []) => (await driver.execute(sql, args)).rows,
      write: async (sql) => {
        await driver.execute(sql);
      },
    };
  };

const COUNTERS = `SELECT id, last_value FROM _os_sequence WHERE id NOT LIKE '\\_os\\_%' ESCAPE '\\' ORDER BY id`;

/** State that a change may affect: tables, metadata, counters and rows. */
export async function contentOf({ driver, read }: Subject) {
  const { tables, views, objects, schemaHash } = await createSqliteSchemaDiff().introspect(driver);
  const definitions = objects.map(({ definition }) => definition);
  const counters = await read(COUNTERS);
  return {
    tables,
    views,
    objects,
    schemaHash,
    counters: counters.map(({ id, last_value }) => [id, last_value]),
    rows: await rowsBy(read, definitions),
  };
}

/** Expects that the integrity checks of the database pass. */
export async function expectSound({ read }: Subject): Promise<void> {
  expect(await read('SELECT * FROM pragma_integrity_check')).toMatchObject([{ integrity_check: 'ok' }]);
  expect(await read('SELECT count(*) AS broken FROM pragma_foreign_key_check')).toMatchObject([
    { broken: 0 },
  ]);
}
