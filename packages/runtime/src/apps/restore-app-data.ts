import type { IBundleStore, IDataDriver, SqlValue } from '@objectstack/spec/contracts';
import { type DeployBundle, SYSTEM_OBJECTS, type TenantQuota } from '@objectstack/spec/system';
import { quotaError } from '../quota/quota-error.js';
import { inTransaction } from '../seed/in-transaction.js';
import { quote, type RunSql, sqlIn } from '../seed/run-sql.js';
import { type ArchivedRows, readArchivedRows } from './archived-rows.js';
import { columnsOf, type DataSource, RETAINED_CREATED_AT, sourcesOf } from './data-source.js';
import { dropLostReferences } from './drop-lost-references.js';
import { firstValues } from './first-values.js';
import { restoreCounters } from './restore-counters.js';
import { restoreSeedOrigins } from './restore-seed-origins.js';
import { type InstalledAppLayer, layersOf, type RetainedAppData } from './tenant-layers.js';

/*
 * The data of an uninstalled app is retained like that of any removed object. Installing the app again copies it into the
 * new tables before seed data is written, in one transaction with a marker, so that a retry repeats nothing. The retained
 * tables stay, because the deployments may be rolled back: an installation after that restores the data again. Data that was archived is read from the bundle store instead.
 */

const MARKERS = SYSTEM_OBJECTS.seed.name;

const markerOf = ({ deployment, object, onto }: RetainedAppData) =>
  `restored:${deployment}/${object}${onto === undefined ? '' : `/${onto}`}`;

/**
 * Copies the columns that both tables have. As in a deployment, records without a value that is required now get the default.
 * Returns the number of records.
 */
async function copyRecords(
  sql: RunSql,
  { object }: RetainedAppData,
  source: DataSource,
  { objects }: DeployBundle,
): Promise<number> {
  const definition = objects.find(({ name }) => name === object);
  const [from, required] = [new Set(source.columns), firstValues(definition ?? { fields: {} })];
  const names: string[] = [];
  const values: string[] = [];
  const args: SqlValue[] = [];
  for (const name of await columnsOf(sql, object)) {
    const value = required.get(name);
    const isKept = from.has(name);
    if (!isKept && value === undefined) continue;
    const isFilled = value !== undefined && (!isKept || definition?.fields[name]?.storage?.notNull);
    names.push(quote(name));
    values.push(!isFilled ? `k.${quote(name)}` : isKept ? `coalesce(k.${quote(name)}, ?)` : '?');
    if (isFilled) args.push(value);
  }
  if (names.length === 0) return 0;
  const { rowsAffected } = await sql(
    `INSERT INTO ${quote(object)} (${names.join(', ')}) SELECT ${values.join(', ')} FROM ${source.rows} AS k
    WHERE NOT EXISTS (SELECT 1 FROM ${quote(object)} AS o WHERE o.id = k.id)`,
    [...args, ...source.args],
  );
  return rowsAffected;
}

/**
 * Copies the values of the app's fields into the records that still exist. A record that was deleted and created again with the
 * same id, which SQLite can assign again, is another one: it has another creation time.
 */
async function copyValues(
  sql: RunSql,
  { object, fields = [] }: RetainedAppData,
  source: DataSource,
): Promise<number> {
  const [from, to] = [new Set(source.columns), new Set(await columnsOf(sql, object))];
  const names = fields.filter((name) => from.has(name) && to.has(name)).map(quote);
  if (names.length === 0) return 0;
  const isSame = from.has(RETAINED_CREATED_AT)
    ? ` AND k.${RETAINED_CREATED_AT} IS ${quote(object)}.created_at`
    : '';
  const { rowsAffected } = await sql(
    `UPDATE ${quote(object)} SET ${names.map((name) => `${name} = k.${name}`).join(', ')}
    FROM ${source.rows} AS k WHERE k.id = ${quote(object)}.id${isSame}`,
    source.args,
  );
  return rowsAffected;
}

async function restored(driver: IDataDriver, data: readonly RetainedAppData[]): Promise<Map<string, number>> {
  const { rows } = await driver.execute(
    `SELECT id, records_done FROM ${MARKERS} WHERE id IN (SELECT value FROM temp.json_each(?))`,
    [JSON.stringify(data.map(markerOf))],
  );
  return new Map(rows.map(({ id, records_done }) => [String(id), Number(records_done)]));
}

/** Throws `quota_exceeded` if an object has more records than it may have because of those that were restored. */
async function assertRecordsFit(
  sql: RunSql,
  data: readonly RetainedAppData[],
  limit: number | undefined,
): Promise<void> {
  if (limit === undefined) return;
  for (const { object, fields } of data) {
    if (fields) continue;
    const { rows } = await sql(`SELECT count(*) AS usage FROM ${quote(object)}`);
    const usage = Number(rows[0]?.usage);
    if (usage > limit)
      throw quotaError('quota_exceeded', {
        quota: 'maxRecordsPerObject',
        limit,
        usage: 0,
        requested: usage,
        object,
      });
  }
}

/**
 * Restores the retained data that the apps of the bundle were installed with, once. Throws `quota_exceeded` if an object
 * would have more records than the quotas allow.
 */
export async function restoreAppData(
  { driver, bundles }: { driver: IDataDriver; bundles: Pick<IBundleStore, 'get'> },
  bundle: DeployBundle,
  { maxRecordsPerObject }: TenantQuota,
): Promise<void> {
  const wanted = layersOf(bundle).apps.flatMap(({ restores = [] }) => restores);
  if (wanted.length === 0) return;
  const known = await restored(driver, wanted);
  const left = wanted.filter((data) => !known.has(markerOf(data)));
  if (left.length === 0) return;
  // Reading archives may take long, so that it precedes the transaction.
  const archived = new Map<RetainedAppData, ArchivedRows[]>();
  for (const data of left) if (data.parts) archived.set(data, await readArchivedRows(bundles, data.parts));
  await inTransaction(driver, async (transaction) => {
    const sql = sqlIn(driver, transaction);
    const counts = new Map<RetainedAppData, number>();
    for (const data of left) {
      const copy = data.fields ? copyValues : copyRecords;
      let count = 0;
      for (const source of await sourcesOf(sql, data, archived.get(data)))
        count += await copy(sql, data, source, bundle);
      counts.set(data, count);
    }
    const removed = await dropLostReferences(sql, bundle, left);
    await restoreCounters(sql, bundle, left);
    await restoreSeedOrigins(sql, left);
    await assertRecordsFit(sql, left, maxRecordsPerObject);
    for (const data of left) {
      const records = (counts.get(data) ?? 0) - (removed.get(data) ?? 0);
      const id = markerOf(data);
      const marker = { id, object: id, records_done: records, result: {}, completed: true };
      await driver.upsert(MARKERS, marker, ['id'], { system: true, transaction });
    }
  });
}

/** Number of records that the installation of an app restored. */
export async function countRestored(
  driver: IDataDriver,
  { restores = [] }: InstalledAppLayer,
): Promise<number> {
  if (restores.length === 0) return 0;
  return [...(await restored(driver, restores)).values()].reduce((sum, count) => sum + count, 0);
}
