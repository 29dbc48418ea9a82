import type { IDataDriver } from '@objectstack/spec/contracts';
import { type Field, storageOf } from '@objectstack/spec/data';
import { SYSTEM_OBJECTS } from '@objectstack/spec/system';
import { v7 as uuidv7 } from 'uuid';
import { AMONG, quote, type RunSql, sqlIn } from './run-sql.js';

/** Origin of a record that a seed created. */
export interface SeedOrigin {
  readonly deployment: string;
  /** Value of `updated_at` of the record when a seed last wrote it. */
  readonly writtenAt: string;
}

const SEED_TABLES = [SYSTEM_OBJECTS.seed_record, SYSTEM_OBJECTS.seed_kept];
const NAMES = JSON.stringify(SEED_TABLES.map(({ name }) => name));
const ARE_THERE = `SELECT count(*) AS tables FROM sqlite_schema WHERE name ${AMONG}`;
const KNOWN = `SELECT r.record, r.deployment, r.updated_at FROM _os_seed_record AS r`;

/** Whether the tables exist. The database of an earlier release gets them with its next migration. */
export async function hasSeedTables(sql: RunSql): Promise<boolean> {
  return (await sql(ARE_THERE, [NAMES])).rows[0]?.tables === SEED_TABLES.length;
}

/** Creates missing tables, for a deployment that resumes after an upgrade or migrates nothing. */
export async function makeSeedTables(driver: IDataDriver): Promise<void> {
  const sql = sqlIn(driver);
  if (await hasSeedTables(sql)) return;
  for (const { name, fields } of SEED_TABLES) {
    const columns = Object.entries<Field>(fields).map(
      ([field, facts]) => `${quote(field)} ${storageOf(facts).column} NOT NULL`,
    );
    const system = [
      '"id" TEXT NOT NULL PRIMARY KEY',
      '"created_at" TEXT NOT NULL',
      '"updated_at" TEXT NOT NULL',
    ];
    await sql(`CREATE TABLE IF NOT EXISTS ${quote(name)} (${[...system, ...columns].join(', ')})`);
  }
}

/** Origins of the records that seeds created. A record that was deleted and created again with the same id has none. */
export async function seedOriginsOf(
  sql: RunSql,
  object: string,
  ids: readonly string[],
): Promise<Map<string, SeedOrigin>> {
  const { rows: any } = await sql('SELECT 1 FROM _os_seed_record WHERE object = ? LIMIT 1', [object]);
  if (any.length === 0) return new Map();
  const same = `JOIN ${quote(object)} AS o ON o.id = r.record AND o.created_at = r.created_at`;
  const { rows } = await sql(`${KNOWN} ${same} WHERE r.object = ? AND r.record ${AMONG}`, [
    object,
    JSON.stringify(ids),
  ]);
  return new Map(
    rows.map(({ record, deployment, updated_at }) => [
      String(record),
      { deployment: String(deployment), writtenAt: String(updated_at) },
    ]),
  );
}

/** A record that a seed created. */
export interface CreatedRecord {
  readonly object: string;
  readonly record: string;
  readonly createdAt: string;
  /** Value of `updated_at` when the seed last wrote it. */
  readonly writtenAt: string;
}

/** Records that the deployment's seeds created the records. */
export async function noteCreated(
  sql: RunSql,
  deployment: string,
  records: readonly CreatedRecord[],
): Promise<void> {
  if (records.length === 0) return;
  const rows = records.map(({ object, record, createdAt, writtenAt }) => [
    uuidv7(),
    record,
    createdAt,
    writtenAt,
    object,
  ]);
  await sql(
    `INSERT INTO _os_seed_record (id, record, created_at, updated_at, object, deployment)
    SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]'), json_extract(value, '$[3]'), json_extract(value, '$[4]'), ?
    FROM temp.json_each(?)`,
    [deployment, JSON.stringify(rows)],
  );
}

const OBJECTS_AT_ONCE = 100;

/** Records that the deployment's seeds created all records of the objects. */
export async function noteAllRecords(
  sql: RunSql,
  deployment: string,
  objects: readonly string[],
): Promise<void> {
  for (let start = 0; start < objects.length; start += OBJECTS_AT_ONCE) {
    const some = objects.slice(start, start + OBJECTS_AT_ONCE);
    const selects = some.map(
      (object) =>
        `SELECT ? || '-' || row_number() OVER (), id, created_at, updated_at, ?, ? FROM ${quote(object)}`,
    );
    await sql(
      `INSERT INTO _os_seed_record (id, record, created_at, updated_at, object, deployment) ${selects.join(' UNION ALL ')}`,
      some.flatMap((object) => [uuidv7(), object, deployment]),
    );
  }
}

export async function forgetCreated(sql: RunSql, object: string, ids: readonly string[]): Promise<void> {
  await sql(`DELETE FROM _os_seed_record WHERE object = ? AND record ${AMONG}`, [
    object,
    JSON.stringify(ids),
  ]);
}
