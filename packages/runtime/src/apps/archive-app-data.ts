import { ObjectStackError } from '@objectstack/spec/shared';
import { type AppArchive, type AppArchivePart, SYSTEM_OBJECTS } from '@objectstack/spec/system';
import { purgeExpiredData } from '../deploy/purge-expired-data.js';
import { exactColumn } from '../seed/exact-columns.js';
import { inTransaction } from '../seed/in-transaction.js';
import { quote, type RunSql, sqlIn } from '../seed/run-sql.js';
import { assignedIds } from '../shared/assigned-ids.js';
import type { AppContext, AppTenant } from './app-context.js';
import { encodeRows } from './archived-rows.js';
import { columnsOf, RETAINED_CREATED_AT } from './data-source.js';
import { archiveMarker, findArchives } from './find-archives.js';
import { findUninstallation, retainedDataOf, type Uninstallation } from './find-retained-data.js';
import type { RetainedAppData } from './tenant-layers.js';

/*
 * Uninstalling an app retains its data, which does not change after that. It is exported from the retained tables, and the
 * record of the archive and the expiry of these tables are one transaction. So a process that is killed leaves the data
 * either retained or archived, and a repeated call completes the work.
 */

const ROWS_OF_A_PART = 1_000;
const DEFAULT_DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1_000;
/** Expiry of retained data that is not needed any more. */
export const EXPIRED = new Date(0).toISOString();

type Target = Pick<AppTenant, 'driver'>;

/** Exports a retained table in parts, in the order of the record ids. */
async function exportTable(
  { bundles }: Pick<AppContext, 'bundles'>,
  sql: RunSql,
  { table, object, fields }: RetainedAppData,
): Promise<AppArchivePart[]> {
  const columns = (await columnsOf(sql, table)).filter(
    (name) => !fields || ['id', RETAINED_CREATED_AT, ...fields].includes(name),
  );
  const parts: AppArchivePart[] = [];
  const selected = columns.map((name) => exactColumn(name, 'k.')).join(', ');
  for (let after: string | null = null; ; ) {
    const { rows } = await sql(
      `SELECT ${selected} FROM ${quote(table)} AS k ${after === null ? '' : 'WHERE k.id > ?'} ORDER BY k.id LIMIT ${ROWS_OF_A_PART}`,
      after === null ? [] : [after],
    );
    const last = rows.at(-1);
    // An object without records has a part too, so that it is one of those that are restored.
    if (!last && parts.length > 0) return parts;
    const checksum = await bundles.put(encodeRows(object, columns, rows));
    parts.push({ object, ...(fields && { fields: [...fields] }), records: rows.length, checksum });
    if (!last) return parts;
    after = String(last.id);
  }
}

const changedMeanwhile = () =>
  new ObjectStackError({
    code: 'plan_stale',
    message: 'The retained data changed while it was archived. Repeat the call.',
    details: { guard: 'apps' },
  });

/** The largest ids that were assigned in the retained tables of whole objects, by object. */
async function assignedByObject(
  sql: RunSql,
  data: readonly RetainedAppData[],
): Promise<Record<string, string>> {
  const whole = data.filter(({ fields }) => !fields);
  const assigned = await assignedIds(
    sql,
    whole.map(({ table }) => table),
  );
  return Object.fromEntries(
    whole.flatMap(({ object, table }) => {
      const largest = assigned.get(table);
      return largest === undefined ? [] : [[object, largest]];
    }),
  );
}

/** Throws unless the tables still contain what was exported, and lets them expire. */
async function release(
  sql: RunSql,
  data: readonly RetainedAppData[],
  parts: readonly AppArchivePart[],
): Promise<void> {
  for (const { table, object } of data) {
    const { rows } = await sql(`SELECT count(*) AS records FROM ${quote(table)}`);
    const exported = parts.reduce((sum, part) => sum + (part.object === object ? part.records : 0), 0);
    if (Number(rows[0]?.records) !== exported) throw changedMeanwhile();
  }
  const ids = JSON.stringify(data.map(({ table }) => table));
  const { rowsAffected } = await sql(
    'UPDATE _os_undo SET expires_at = ? WHERE id IN (SELECT value FROM temp.json_each(?))',
    [EXPIRED, ids],
  );
  if (rowsAffected !== data.length) throw changedMeanwhile();
}

/** Moves the retained data of an uninstalled app to the bundle store. Idempotent. */
export async function archiveAppData(
  context: AppContext,
  { driver }: Target,
  found: Uninstallation,
): Promise<void> {
  const { clock, archiveDays = DEFAULT_DAYS } = context;
  const data = await retainedDataOf(driver, found, clock.now());
  if (data.length === 0) return;
  const parts: AppArchivePart[] = [];
  for (const one of data) parts.push(...(await exportTable(context, sqlIn(driver), one)));
  const archivedAt = clock.now();
  const archive: AppArchive = {
    appId: found.manifest.name,
    version: found.manifest.version,
    deploymentId: found.deploymentId,
    archivedAt: archivedAt.toISOString(),
    expiresAt:
      archiveDays === null ? null : new Date(archivedAt.getTime() + archiveDays * DAY_MS).toISOString(),
    records: parts.reduce((sum, { records }) => sum + records, 0),
    parts,
    assignedIds: await assignedByObject(sqlIn(driver), data),
  };
  await inTransaction(driver, async (transaction) => {
    const id = archiveMarker(found.deploymentId);
    const marker = { id, object: id, records_done: archive.records, result: archive, completed: true };
    await driver.upsert(SYSTEM_OBJECTS.seed.name, marker, ['id'], { system: true, transaction });
    await release(sqlIn(driver, transaction), data, parts);
  });
  await purgeExpiredData(context, driver);
}

/** Archives the data of an app that was uninstalled before, if it is still retained. */
export async function archiveUninstalled(
  context: AppContext,
  { driver }: Target,
  appId: string,
): Promise<void> {
  const history = await context.dataPlane.schemaDiff.readHistory(driver);
  const found = await findUninstallation(context, history, appId);
  if (!found || found.deploymentId === '') return;
  const archives = await findArchives(driver, context.clock.now());
  if (archives.some(({ deploymentId }) => deploymentId === found.deploymentId)) return;
  await archiveAppData(context, { driver }, found);
}
