import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { IDataDriver } from '@objectstack/spec/contracts';
import type { QueryInput } from '@objectstack/spec/data';
import { sampleOf } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { deploy, object } from '../database.js';
import { sharedSqld, transports } from '../transports.js';

const text = { type: 'text' };
const FUNCTIONS = [
  ...[
    'json_each',
    'pragma_table_xinfo',
    'pragma_index_list',
    'pragma_index_xinfo',
    'pragma_foreign_key_list',
  ],
  ...['pragma_foreign_key_check', 'pragma_foreign_keys', 'pragma_schema_version'],
];
const namesIn = async (driver: IDataDriver, query: QueryInput = {}) =>
  (await driver.find('account', query)).map(({ a }) => a);

const server = sharedSqld();

/** One kind of database; all of them if tests are exhaustive. */
describe.each(sampleOf(transports(server), 3))('a table-valued function in $name', ({ open }) => {
  it('is used in spite of tables of its name', async () => {
    const driver = await open();
    for (const name of FUNCTIONS) await driver.execute(`CREATE TABLE "${name}" (a)`);
    const before = object('account', { a: { ...text, unique: true }, tags: { type: 'tags' }, old: text });
    const child = object('child', { account: { type: 'lookup', reference: 'account' } });
    await deploy(driver, [before, child]);
    const [first] = await driver.bulkCreate('account', [{ a: 'x', tags: ['t'] }, { a: 'y' }]);
    expect(await namesIn(driver, { where: { a: { $in: ['x', 'z'] } } })).toEqual(['x']);
    const after = object('account', {
      a: { ...text, unique: true, maxLength: 9 },
      tags: { type: 'multiselect', options: [{ value: 't', label: 'T' }] },
    });
    const allow = ['remove_field:account.old', 'change_field:account.tags', 'change_field:account.a'];
    await deploy(driver, [after, child], { allow });
    await deploy(driver, [after], { allow: ['remove_object:child'] });
    await driver.bulkDelete('account', [String(first?.id)]);
    expect(await namesIn(driver)).toEqual(['y']);
  });

  it('gives no object its name', async () => {
    const driver = await open();
    for (const name of ['json_each', 'pragma_table_info', 'fsdir']) {
      const work = deploy(driver, [object(name, { a: text })]);
      await expect(work).rejects.toMatchObject({ code: 'object_conflict', details: { object: name } });
    }
  });
});

describe('every internal query', () => {
  it('names the schema temp in front of a table-valued function, where no table can take its place', async () => {
    const folder = fileURLToPath(new URL('../../src/', import.meta.url));
    const files = (await readdir(folder, { recursive: true })).filter((file) =>
      /(?<!\.test)\.ts$/.test(file),
    );
    const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
    const bare = files.filter((_, index) =>
      /\b(from|join|in)\s+(json_each|json_tree|pragma_)/i.test(texts[index] ?? ''),
    );
    expect(texts.join()).toContain('temp.json_each');
    expect(bare).toEqual([]);
  });
});
