import assert from 'node:assert/strict';
import type { IDataDriver, SqlStatement } from '@objectstack/spec/contracts';
import { refused } from '../kit/refused.js';
import { type DriverCheck, type DriverChecks, ifCapable } from './driver-trial.js';

const raw = (behavior: string, run: DriverCheck['run']) => ifCapable('rawSql', behavior, run);
const atomic = (behavior: string, run: DriverCheck['run']) => ifCapable('migrations', behavior, run);

/** The placeholders of so many arguments. */
function placeholders({ supports }: IDataDriver, count: number): string {
  const isNumbered = supports.sqlPlaceholders === 'dollar_number';
  return Array.from({ length: count }, (_, index) => (isNumbered ? `$${index + 1}` : '?')).join(', ');
}

const TABLE: SqlStatement = { sql: 'CREATE TABLE kit_things (id TEXT PRIMARY KEY)' };
const REFERRING: SqlStatement = {
  sql: 'CREATE TABLE kit_things (id TEXT PRIMARY KEY, parent TEXT REFERENCES kit_things (id))',
};
const DANGLING: SqlStatement = { sql: "INSERT INTO kit_things VALUES ('t1', 'no_such_id')" };
const READ: SqlStatement = { sql: 'SELECT id FROM kit_things' };

async function idsIn(driver: IDataDriver): Promise<unknown[]> {
  const [result] = await driver.executeAtomic([READ]);
  return (result?.rows ?? []).map(({ id }) => id);
}

export const rawChecks: DriverChecks = {
  execute: ifCapable(
    ['rawSql', 'sqlPlaceholders'],
    'execute binds its arguments and returns rows in the encoding of the database',
    async ({ driver }) => {
      await driver.execute('CREATE TABLE kit_things (said TEXT, size DOUBLE PRECISION, none TEXT)');
      const given = `INSERT INTO kit_things VALUES (${placeholders(driver, 3)})`;
      await driver.execute(given, ["it's", 1.5, null]);
      const { rows } = await driver.execute('SELECT said, size, none FROM kit_things');
      assert.deepEqual(
        rows.map((row) => ({ ...row })),
        [{ said: "it's", size: 1.5, none: null }],
      );
    },
  ),
  'execute-refused': raw(
    'execute rejects with sql_error if the database rejects the statement; an unknown one may be not_allowed',
    async ({ driver }) => {
      await refused(driver.execute('SELECT * FROM nothing_here'), 'sql_error');
      // For a driver that permits known statements only, an unknown one is not permitted.
      await refused(driver.execute('SELEC 1'), 'sql_error', 'not_allowed');
    },
  ),
  'rows-affected': raw(
    'execute reports how many rows a statement changed, also if it returns them',
    async ({ driver }) => {
      await driver.execute('CREATE TABLE kit_things (id TEXT PRIMARY KEY)');
      const inserted = await driver.execute("INSERT INTO kit_things VALUES ('t1'), ('t2') RETURNING id");
      assert.deepEqual([inserted.rowsAffected, inserted.rows.map(({ id }) => id)], [2, ['t1', 't2']]);
      const updated = await driver.execute("UPDATE kit_things SET id = 't3' WHERE id = 't2'");
      assert.equal(updated.rowsAffected, 1);
      assert.equal((await driver.execute('SELECT id FROM kit_things')).rowsAffected, 0);
    },
  ),
  atomic: ifCapable(
    ['migrations', 'sqlPlaceholders'],
    'executeAtomic runs statements in order and returns their results',
    async ({ driver }) => {
      const results = await driver.executeAtomic([
        TABLE,
        { sql: `INSERT INTO kit_things VALUES (${placeholders(driver, 1)})`, args: ['t1'] },
        READ,
      ]);
      assert.equal(results.length, 3);
      assert.deepEqual(
        results[2]?.rows.map(({ id }) => id),
        ['t1'],
      );
    },
  ),
  'atomic-rows-affected': atomic(
    'executeAtomic reports how many rows each statement changed, also if it returns them',
    async ({ driver }) => {
      const results = await driver.executeAtomic([
        TABLE,
        { sql: "INSERT INTO kit_things VALUES ('t1'), ('t2') RETURNING id" },
        { sql: "DELETE FROM kit_things WHERE id = 't1'" },
      ]);
      assert.deepEqual(
        results.slice(1).map(({ rowsAffected, rows }) => [rowsAffected, rows.length]),
        [
          [2, 2],
          [1, 0],
        ],
      );
    },
  ),
  'atomic-all-or-none': atomic(
    'executeAtomic has no effect if a statement fails, and identifies it',
    async ({ driver }) => {
      const insert = { sql: "INSERT INTO kit_things VALUES ('t1')" };
      const error = await refused(driver.executeAtomic([TABLE, insert, insert]), 'unique_violation');
      assert.equal(error.details.statementIndex, 2);
      await refused(driver.executeAtomic([READ]), 'sql_error');
    },
  ),
  'atomic-read': atomic('executeAtomic rejects a statement that writes in read mode', async ({ driver }) => {
    await driver.executeAtomic([TABLE]);
    const write = { sql: "WITH new (id) AS (SELECT 't1') INSERT INTO kit_things SELECT id FROM new" };
    const error = await refused(driver.executeAtomic([READ, write], { mode: 'read' }), 'not_allowed');
    assert.equal(error.details.statementIndex, 1);
    const [result] = await driver.executeAtomic([READ], { mode: 'read' });
    assert.deepEqual(result?.rows, []);
  }),
  'atomic-foreign-keys': atomic(
    'executeAtomic enforces foreign keys and names a violated one',
    async ({ driver }) => {
      await driver.executeAtomic([REFERRING]);
      const { details } = await refused(driver.executeAtomic([DANGLING]), 'foreign_key_violation');
      assert.deepEqual([details.object, details.field], ['kit_things', 'parent']);
      assert.deepEqual(await idsIn(driver), []);
    },
  ),
  'atomic-foreign-keys-off': ifCapable(
    ['migrations', 'foreignKeySuspension'],
    'executeAtomic does not enforce foreign keys if they are off, for this call only',
    async ({ driver }) => {
      await driver.executeAtomic([REFERRING]);
      await driver.executeAtomic([DANGLING], { foreignKeys: 'off' });
      assert.deepEqual(await idsIn(driver), ['t1']);
      await refused(driver.create('folder', { parent: 'nowhere' }), 'foreign_key_violation');
    },
  ),
};
