import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataDriver } from '@objectstack/spec/contracts';
import { temporaryFolder } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { connected, deploy, directClient, freshDatabase, object } from '../../test/database.js';
import { sharedSqld, transports } from '../../test/transports.js';

const ACCOUNT = object('account', { name: { type: 'text' } });
const server = sharedSqld();
const notAllowed = (name: string, more = {}) => ({ code: 'not_allowed', details: { name, ...more } });

describe.each(transports(server))('raw SQL in $name', ({ open }) => {
  const opened = async (): Promise<IDataDriver> => {
    const driver = await open();
    await deploy(driver, [ACCOUNT]);
    return driver;
  };

  it('reaches no file, in a transaction neither', async () => {
    const driver = await opened();
    const path = join(await temporaryFolder(), 'written');
    const transaction = await driver.beginTransaction();
    const write = `SELECT "writefile"(?, 'x')`;
    await expect(driver.execute(write, [path], { transaction })).rejects.toMatchObject(
      notAllowed('writefile'),
    );
    await driver.rollback(transaction);
    await expect(
      driver.executeAtomic([{ sql: 'SELECT 1' }, { sql: write, args: [path] }]),
    ).rejects.toMatchObject(notAllowed('writefile', { statementIndex: 1 }));
    await expect(driver.execute('SELECT name FROM fsdir(?)', [path])).rejects.toMatchObject(
      notAllowed('fsdir'),
    );
    expect(existsSync(path)).toBe(false);
  });

  it('shadows no table', async () => {
    const driver = await opened();
    await expect(driver.execute('CREATE TEMP TABLE account (id, name)')).rejects.toMatchObject(
      notAllowed('CREATE TEMP TABLE'),
    );
    await driver.create('account', { name: 'a' });
    expect((await driver.execute('SELECT name FROM main.account')).rows).toEqual([{ name: 'a' }]);
  });

  it('writes nothing in read mode', async () => {
    const driver = await opened();
    const sql = `WITH new(id) AS (SELECT 'x') INSERT INTO account (id, created_at, updated_at) SELECT id, 1, 1 FROM new`;
    await expect(
      driver.executeAtomic([{ sql: 'SELECT 1' }, { sql }], { mode: 'read' }),
    ).rejects.toMatchObject(notAllowed('INSERT', { statementIndex: 1 }));
    expect(await driver.count('account')).toBe(0);
    await driver.executeAtomic([{ sql }], { mode: 'write' });
    expect(await driver.count('account')).toBe(1);
  });
});

describe('SQL that another client stored in the file', () => {
  it.each([
    ['view', [`CREATE VIEW seen AS SELECT readfile('x') AS a`], 'SELECT * FROM seen'],
    ['view over files', [`CREATE VIEW seen AS SELECT name FROM fsdir('.')`], 'SELECT * FROM seen'],
    [
      'trigger',
      [`CREATE TRIGGER told AFTER INSERT ON log BEGIN SELECT writefile('x', 'x'); END`],
      'INSERT INTO log VALUES (1)',
    ],
    [
      'default',
      [`ALTER TABLE log ADD COLUMN b DEFAULT (NULL)`, `CREATE TABLE d (a, b DEFAULT (readfile('x')))`],
      'INSERT INTO d (a) VALUES (1)',
    ],
  ])('reaches no file from a %s, because SQLite refuses it', async (_, made, sql) => {
    const { driver, path } = await freshDatabase([ACCOUNT]);
    const client = directClient(path);
    for (const statement of ['CREATE TABLE log (a)', ...made]) await client.execute(statement);
    await expect(driver.execute(sql)).rejects.toMatchObject({
      code: 'sql_error',
      details: { reason: expect.stringContaining('unsafe use of') },
    });
  });

  it('keeps a file from being opened when a CHECK calls what reaches files', async () => {
    const { path, url } = await freshDatabase([ACCOUNT]);
    const client = directClient(path);
    await client.execute(`CREATE TABLE fine (a DECIMAL(9, 2) CHECK (length(a) > 1 AND a <> 'readfile(1)'))`);
    const driver = await connected({ url });
    await client.execute(`CREATE TABLE odd (a, "b" CHECK ("ReadFile" (a) IS NULL))`);
    expect(await driver.count('account')).toBe(0);
    await expect(connected({ url })).rejects.toMatchObject({
      code: 'database_invalid',
      details: { table: 'odd', name: 'readfile' },
    });
  });
});
