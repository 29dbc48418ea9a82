import { openLocalDatabase } from '@objectstack/driver-turso';
import { temporaryFolder } from '@objectstack/testing';
import { Kysely } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CompiledQueries } from './compiled-queries.js';
import { controlDialect } from './control-dialect.js';
import type { RegistryTables } from './registry-tables.js';

async function open() {
  const database = openLocalDatabase({ path: `${await temporaryFolder()}/control.db` });
  onTestFinished(() => database.close());
  const db = new Kysely<RegistryTables>({ dialect: controlDialect(database) });
  await database.execute({
    sql: 'CREATE TABLE _os_control_lease (name TEXT, token INTEGER, lease_until TEXT)',
  });
  await database.execute({
    sql: `INSERT INTO _os_control_lease (name, token) VALUES ('a', 1), ('b', 2), ('c', 3)`,
  });
  let built = 0;
  const queries = new CompiledQueries(db);
  const tokensOf = async (...names: string[]) => {
    const rows = await queries.rows(`tokens ${names.length}`, names, (one) => {
      built++;
      return one.selectFrom('_os_control_lease').select('token').where('name', 'in', names);
    });
    return rows.map(({ token }) => token);
  };
  return { queries, tokensOf, builds: () => built };
}

describe('CompiledQueries', () => {
  it('compiles a query once for each shape, and runs it with the values of each call', async () => {
    const { tokensOf, builds } = await open();
    expect(await tokensOf('a')).toEqual([1]);
    expect(await tokensOf('b')).toEqual([2]);
    expect(await tokensOf('c', 'a')).toEqual([1, 3]);
    expect(await tokensOf('b', 'x')).toEqual([2]);
    expect(builds()).toBe(2);
  });

  it('builds a query once for all arguments with the same keys and lengths', async () => {
    const { queries } = await open();
    let built = 0;
    const find = async (args: { names: string[]; from?: number }) => {
      const rows = await queries.run('find', args, (db, { names, from }) => {
        built++;
        const query = db.selectFrom('_os_control_lease').select('name').where('name', 'in', names);
        return from === undefined ? query : query.where('token', '>=', from);
      });
      return rows.map(({ name }) => name);
    };
    expect(await find({ names: ['a', 'b'] })).toEqual(['a', 'b']);
    expect(await find({ names: ['b', 'x'] })).toEqual(['b']);
    expect(await find({ names: ['b', 'c'], from: 3 })).toEqual(['c']);
    expect(await find({ names: ['a', 'b'], from: 1 })).toEqual(['a', 'b']);
    expect(await find({ names: ['c'] })).toEqual(['c']);
    expect(built).toBe(3);
  });

  it('adds rows, also with null', async () => {
    const { queries, tokensOf } = await open();
    for (const names of [['d'], ['e', 'f'], ['g']])
      await queries.insert(
        '_os_control_lease',
        names.map((name, index) => ({ name, token: index, lease_until: null as never })),
      );
    expect(await tokensOf('d', 'e', 'f', 'g')).toEqual([0, 0, 1, 0]);
  });

  it.each([[['b', 'a']], [['a']], [['a', 'b', 'c']]])(
    'refuses values %j that are not the parameters of the text',
    async (values) => {
      const { queries } = await open();
      const running = queries.rows('tokens', values, (db) =>
        db.selectFrom('_os_control_lease').select('token').where('name', 'in', ['a', 'b']),
      );
      await expect(running).rejects.toMatchObject({ code: 'internal' });
    },
  );
});
