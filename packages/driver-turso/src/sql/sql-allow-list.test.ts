import { createClient } from '@libsql/client';
import { isTableFunctionName } from '@objectstack/spec/shared';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isSafeTableFunction, isUnsafeTable, SAFE_FUNCTIONS } from './sql-allow-list.js';

const DIRECT_ONLY = 0x80000;

function memory() {
  const client = createClient({ url: ':memory:' });
  onTestFinished(() => client.close());
  return client;
}

describe('SAFE_FUNCTIONS', () => {
  it('excludes functions that SQLite does not allow in views and functions that read or write files', async () => {
    const { rows } = await memory().execute('SELECT name, flags FROM pragma_function_list');
    const direct = rows
      .filter(({ flags }) => (Number(flags) & DIRECT_ONLY) !== 0)
      .map(({ name }) => String(name));
    expect(direct).toEqual(expect.arrayContaining(['load_extension', 'readfile', 'writefile']));
    expect(direct.filter((name) => SAFE_FUNCTIONS.has(name))).toEqual([]);
  });

  it('excludes exactly these functions of SQLite', async () => {
    const { rows } = await memory().execute('SELECT DISTINCT name FROM pragma_function_list ORDER BY name');
    const left = rows
      .map(({ name }) => String(name))
      .filter((name) => /^\w+$/.test(name) && !SAFE_FUNCTIONS.has(name));
    expect(left.join(' ')).toBe(
      'current_date current_time current_timestamp fts3_tokenizer fts5 fts5_source_id geopoly_debug ' +
        'last_rows_affected load_extension lsmode match matchinfo offsets optimize readfile rtreecheck rtreedepth ' +
        'rtreenode sha3_query sqlite3mc_codec_data sqlite3mc_config sqlite3mc_config_table sqlite3mc_version ' +
        'sqlite_crypt sqlite_log writefile',
    );
  });
});

describe('isUnsafeTable', () => {
  it('is true of everything that can be read without being created except safe table-valued functions; none is an object name', async () => {
    const client = memory();
    const { rows } = await client.execute(
      `SELECT name FROM pragma_module_list UNION SELECT 'pragma_' || name FROM pragma_pragma_list ORDER BY name`,
    );
    for (const { name } of rows) {
      const isMissing = await client.execute(`SELECT * FROM "${name}"`).then(
        () => false,
        ({ message }: Error) => message.includes('no such table'),
      );
      if (isMissing) continue;
      const table = String(name);
      expect([table, isUnsafeTable(table) || isSafeTableFunction(table)]).toEqual([table, true]);
      const isReserved = isTableFunctionName(table) || table.startsWith('sqlite_');
      expect([table, isReserved]).toEqual([table, true]);
    }
  });

  it.each(['account', 'fts5', 'pragma__account', 'sqlite_sequence', 'json_each'])(
    'is false of %s',
    (name) => {
      expect(isUnsafeTable(name)).toBe(false);
    },
  );
});
