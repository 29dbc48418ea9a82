import { copyFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { createSqliteSchemaDiff, createTursoDriver, openLocalDatabase } from '@objectstack/driver-turso';
import type { IDataDriver } from '@objectstack/spec/contracts';
import { type ObjectDefinition, SQLiteAlterTableLimitations } from '@objectstack/spec/data';
import type { MigrationStatement } from '@objectstack/spec/system';
import { median } from './measure.js';

const { introspect, diff, generateMigrations, applyMigrations } = createSqliteSchemaDiff();
const ROWS = 100_000;
const FIELDS = 40;
const ROUNDS = 3;
/** Numbers of removed columns. */
const REMOVED = [1, 2, 3, 4, 5, 10, 20] as const;
/** An engine without DROP COLUMN: the whole table is rebuilt instead. */
const WITHOUT_DROP = { ...SQLiteAlterTableLimitations, supportsDropColumn: false };

const item = (removed: number): ObjectDefinition => ({
  name: 'item',
  fields: Object.fromEntries(
    Array.from({ length: FIELDS - removed }, (_, index) => [
      `f${index}`,
      { type: 'text' as const, index: index < 2 },
    ]),
  ),
});

async function open(path: string): Promise<IDataDriver> {
  await openLocalDatabase({ path }).execute({ sql: 'SELECT 1' });
  const driver = createTursoDriver({ url: pathToFileURL(path).href });
  await driver.connect();
  return driver;
}

/** A file with 100,000 records of 40 fields, two of them indexed. */
async function filledFile(path: string): Promise<void> {
  const driver = await open(path);
  await applyMigrations(driver, generateMigrations(diff(await introspect(driver), [item(0)]), 'sqlite'));
  const names = Object.keys(item(0).fields);
  await driver.execute(
    `INSERT INTO item (id, created_at, updated_at, ${names.join(', ')})
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
      SELECT printf('%08d', i), '2026', '2026', ${names.map((_, index) => `'text ' || i * ${7919 + index} % 100003`).join(', ')} FROM n`,
    [ROWS],
  );
  await driver.execute('PRAGMA wal_checkpoint');
  await driver.disconnect();
}

const isRemoval = ({ kind }: MigrationStatement) =>
  kind === 'drop_column' || kind === 'rebuild_table' || kind === 'create_index';

/** Milliseconds of the statements that remove the columns, without those that retain their values. */
async function timeOf(path: string, statements: readonly MigrationStatement[]): Promise<number> {
  const driver = await open(path);
  const removal = statements.filter(isRemoval).map(({ sql }) => ({ sql }));
  const start = performance.now();
  await driver.executeAtomic(removal, { foreignKeys: 'off' });
  const ms = performance.now() - start;
  await driver.disconnect();
  return ms;
}

/** DROP COLUMN for each column compared with one table rebuild, by the number of removed columns. */
export async function printColumnDrops(folder: string): Promise<void> {
  const template = `${folder}/drops.db`;
  await filledFile(template);
  const driver = await open(template);
  const current = await introspect(driver);
  await driver.disconnect();
  const rows = [];
  for (const removed of REMOVED) {
    const change = diff(current, [item(removed)]);
    const drops = generateMigrations(change, 'sqlite').statements;
    const rebuild = generateMigrations(change, 'sqlite', { alterTable: WITHOUT_DROP }).statements;
    const times: [number, number][] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const pair: number[] = [];
      for (const statements of [drops, rebuild]) {
        const path = `${folder}/drops-${removed}-${round}-${pair.length}.db`;
        await copyFile(template, path);
        pair.push(await timeOf(path, statements));
      }
      times.push([pair[0] ?? 0, pair[1] ?? 0]);
    }
    rows.push({
      columns: removed,
      'drop ms': Math.round(median(times.map(([one]) => one))),
      'rebuild ms': Math.round(median(times.map(([, one]) => one))),
    });
  }
  console.table(rows);
}
