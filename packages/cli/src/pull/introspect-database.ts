import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createSqliteSchemaDiff, createTursoDriver } from '@objectstack/driver-turso';
import type { IDataDriver, SqlResult } from '@objectstack/spec/contracts';
import type { CurrentSchema } from '@objectstack/spec/system';
import { unreadable } from '../project/read-source.js';
import { withFileName } from './with-file-name.js';

/** Tables of a database that was not created by deployments. */
export interface PulledDatabase {
  readonly schema: CurrentSchema;
  /** Names of the columns of each table, in the order of their declaration. */
  readonly columns: ReadonlyMap<string, readonly string[]>;
  /** Columns of the UNIQUE constraints of each table, which the schema describes as SQL text only. */
  readonly uniques: ReadonlyMap<string, readonly (readonly string[])[]>;
  /** Tables whose primary key has an index, because it is not the row id of SQLite. */
  readonly indexedKeys: ReadonlySet<string>;
  /** Virtual tables, and the shadow tables in which their modules store data. */
  readonly virtual: ReadonlyMap<string, 'virtual' | 'shadow'>;
}

interface Place {
  readonly cwd: string;
  readonly authToken?: string | undefined;
  readonly signal: AbortSignal;
}

const TABLES = `FROM sqlite_schema AS m`;
const COLUMNS = `SELECT m.name AS "table", c.name ${TABLES} JOIN temp.pragma_table_xinfo(m.name) AS c
  WHERE m.type = 'table' ORDER BY m.name, c.cid`;
const UNIQUES = `SELECT m.name AS "table", l.name AS "index", x.name
  ${TABLES} JOIN temp.pragma_index_list(m.name) AS l JOIN temp.pragma_index_xinfo(l.name) AS x
  WHERE m.type = 'table' AND l.origin = 'u' AND x.key = 1 ORDER BY m.name, l.name, x.seqno`;

/** Unlike the declarations, which have exceptions such as `INTEGER PRIMARY KEY DESC`, the index tells what is no row id. */
const INDEXED_KEYS = `SELECT m.name ${TABLES} JOIN temp.pragma_index_list(m.name) AS l WHERE m.type = 'table' AND l.origin = 'pk'`;

const VIRTUAL = `SELECT name, type FROM temp.pragma_table_list WHERE schema = 'main' AND type IN ('virtual', 'shadow') ORDER BY name`;

function grouped(result: SqlResult | undefined, key: (row: SqlResult['rows'][number]) => string) {
  const groups = new Map<string, string[]>();
  for (const row of result?.rows ?? []) {
    const group = groups.get(key(row)) ?? [];
    group.push(String(row.name));
    groups.set(key(row), group);
  }
  return groups;
}

async function readTables(driver: IDataDriver, signal: AbortSignal): Promise<PulledDatabase> {
  await driver.connect();
  try {
    const schema = await createSqliteSchemaDiff().introspect(driver, { signal });
    const statements = [{ sql: COLUMNS }, { sql: UNIQUES }, { sql: VIRTUAL }, { sql: INDEXED_KEYS }];
    const [columnRows, uniqueRows, virtualRows, keyRows] = await driver.executeAtomic(statements, {
      mode: 'read',
      signal,
    });
    const uniques = new Map<string, string[][]>();
    for (const [key, names] of grouped(uniqueRows, (row) => JSON.stringify([row.table, row.index]))) {
      const [table] = JSON.parse(key) as [string];
      uniques.set(table, [...(uniques.get(table) ?? []), names]);
    }
    const virtual = new Map(
      (virtualRows?.rows ?? []).map(({ name, type }) => [
        String(name),
        type === 'shadow' ? ('shadow' as const) : ('virtual' as const),
      ]),
    );
    const columns = grouped(columnRows, ({ table }) => String(table));
    const indexedKeys = new Set((keyRows?.rows ?? []).map(({ name }) => String(name)));
    return { schema, columns, uniques, indexedKeys, virtual };
  } finally {
    await driver.disconnect();
  }
}

/** Opening a file changes its journal mode, so a copy of it is opened. */
async function readCopy(path: string, { signal }: Place): Promise<PulledDatabase> {
  const directory = await mkdtemp(join(tmpdir(), 'objectstack-pull-'));
  try {
    const copy = join(directory, 'database.db');
    await copyFile(path, copy);
    if (existsSync(`${path}-wal`)) await copyFile(`${path}-wal`, `${copy}-wal`);
    return await readTables(createTursoDriver({ url: `file:${copy}` }, { create: false }), signal);
  } catch (error) {
    throw withFileName(error, path);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Reads the tables of a database: a file, or a server at a URL. Changes nothing. */
export async function introspectDatabase(database: string, place: Place): Promise<PulledDatabase> {
  const { authToken, cwd, signal } = place;
  if (/^(?:libsql|https?):/.test(database))
    return readTables(
      createTursoDriver({ url: database }, { create: false, ...(authToken !== undefined && { authToken }) }),
      signal,
    );
  const path = database.startsWith('file://')
    ? fileURLToPath(database)
    : resolve(cwd, database.replace(/^file:/, ''));
  if (!existsSync(path)) throw unreadable(database, { code: 'ENOENT' });
  return readCopy(path, place);
}
