import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTursoDriver } from '@objectstack/driver-turso';
import { temporaryFolder } from '@objectstack/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { copyTables } from './copy-tables.js';
import { checksumsOf, differingTables } from './table-checksums.js';

async function opened(path: string) {
  const driver = createTursoDriver({ url: `file:${path}` });
  await driver.connect();
  onTestFinished(() => driver.disconnect());
  return driver;
}

const empty = async () => opened(join(await temporaryFolder(), 'one.db'));

const PAGE_BYTES = 4096;
const ENCODINGS = { 'UTF-16le': 2, 'UTF-16be': 3 } as const;

/** The first page of a database without tables, of which only the encoding differs from the usual one. */
function firstPage(encoding: number): Buffer {
  const page = Buffer.alloc(PAGE_BYTES);
  page.write('SQLite format 3\0', 'latin1');
  page.writeUInt16BE(PAGE_BYTES, 16);
  page.set([1, 1, 0, 64, 32, 32], 18);
  for (const [position, value] of [
    [24, 1],
    [28, 1],
    [44, 4],
    [56, encoding],
    [92, 1],
  ] as const)
    page.writeUInt32BE(value, position);
  // An empty leaf, whose content would end at the end of the page.
  page.writeUInt8(13, 100);
  page.writeUInt16BE(PAGE_BYTES, 105);
  return page;
}

/** A database that another program created in an encoding. */
async function encoded(encoding: keyof typeof ENCODINGS, ...statements: string[]) {
  const path = join(await temporaryFolder(), 'one.db');
  await writeFile(path, firstPage(ENCODINGS[encoding]));
  const driver = await opened(path);
  for (const sql of statements) await driver.execute(sql);
  expect((await driver.execute('SELECT encoding FROM temp.pragma_encoding')).rows).toEqual([{ encoding }]);
  return driver;
}

const TEXTS = 'SELECT hex(CAST(a AS BLOB)) AS bytes FROM texts ORDER BY rowid';

describe('copyTables', () => {
  it.each(['UTF-16le', 'UTF-16be'] as const)('copies the texts of a database in %s', async (encoding) => {
    const source = await encoded(
      encoding,
      'CREATE TABLE texts (a)',
      "INSERT INTO texts VALUES ('plain'), ('é€𝄞'), (char(65279) || 'a'), ('')",
    );
    const target = await empty();
    await copyTables({ source, target }, undefined);
    const sums = [await checksumsOf(source, undefined), await checksumsOf(target, undefined)] as const;
    expect(differingTables(...sums)).toEqual([]);
    const bytes = ['plain', 'é€𝄞', '\ufeffa', ''].map((text) =>
      Buffer.from(text).toString('hex').toUpperCase(),
    );
    expect((await target.execute(TEXTS)).rows.map((row) => row.bytes)).toEqual(bytes);
  });

  it('refuses a text that has no form in the encoding of another database', async () => {
    const source = await encoded(
      'UTF-16le',
      'CREATE TABLE texts (a)',
      "INSERT INTO texts VALUES (CAST(x'00d8' AS TEXT))",
    );
    await expect(copyTables({ source, target: await empty() }, undefined)).rejects.toMatchObject({
      code: 'invalid_state',
    });
  });
});
