import { REMOVED_OBJECT_PREFIX } from '@objectstack/spec/system';
import { inTransaction } from '../seed/in-transaction.js';
import { AMONG, sqlIn } from '../seed/run-sql.js';
import { timeForDeletion } from '../shared/clock.js';
import type { AppContext, AppTenant } from './app-context.js';
import { EXPIRED } from './archive-app-data.js';
import { forgetArchives } from './find-archives.js';
import { findUninstallation, retainedDataOf, type Uninstallation } from './find-retained-data.js';

/** Time before every expiry, so that data is found whatever the retention window is. */
const BEGINNING = new Date(0);

type Target = Pick<AppTenant, 'driver'>;

/**
 * Deletes everything that is retained of an uninstalled app: its data, also of earlier deployments, the origins of its seed
 * records, its counters, and the records of its archives, whose parts the bundle store removes after its grace period: copies of
 * the tenant refer to them too. A retention window of zero days would leave it until a clock says that it has ended.
 * Idempotent. Rejects like the driver.
 */
export async function purgeAppData(
  { dataPlane, clock }: AppContext,
  { driver }: Target,
  found: Uninstallation,
): Promise<void> {
  const { schemaDiff } = dataPlane;
  const { objects } = await schemaDiff.introspect(driver);
  const inUse = new Set(objects.map(({ definition }) => definition.name));
  const removed = found.manifest.objects.flatMap(({ name }) =>
    inUse.has(name) ? [] : [name, `${REMOVED_OBJECT_PREFIX}${name}`],
  );
  const names = JSON.stringify(removed);
  const tables = (await retainedDataOf(driver, found, BEGINNING)).map(({ table }) => table);
  await inTransaction(driver, async (transaction) => {
    const sql = sqlIn(driver, transaction);
    const { rows } = await sql(`SELECT name FROM sqlite_schema WHERE type = 'table'`);
    const existing = new Set(rows.map(({ name }) => name));
    const ofNames = (table: string, statement: string) =>
      existing.has(table) ? sql(statement, [names]) : undefined;
    if (existing.has('_os_undo'))
      await sql(`UPDATE _os_undo SET expires_at = ? WHERE id ${AMONG} OR object ${AMONG}`, [
        EXPIRED,
        JSON.stringify(tables),
        names,
      ]);
    const kept = `UPDATE _os_seed_kept SET expires_at = '${EXPIRED}' WHERE object ${AMONG}`;
    const counters = `DELETE FROM _os_sequence WHERE substr(id, 1, instr(id, '.') - 1) ${AMONG}`;
    await ofNames('_os_seed_kept', kept);
    await ofNames('_os_sequence', counters);
    await forgetArchives(sql, found.manifest.name);
    await ofNames('_os_seed_record', `DELETE FROM _os_seed_record WHERE object ${AMONG}`);
  });
  await schemaDiff.purgeRetained(driver, timeForDeletion(clock));
}

/** Deletes what is retained of an app that was uninstalled before. */
export async function purgeUninstalled(
  context: AppContext,
  { driver }: Target,
  appId: string,
): Promise<void> {
  const history = await context.dataPlane.schemaDiff.readHistory(driver);
  const found = await findUninstallation(context, history, appId);
  if (found && found.deploymentId !== '') await purgeAppData(context, { driver }, found);
  // The deployment that uninstalled the app may be older than those that are searched.
  else await inTransaction(driver, (transaction) => forgetArchives(sqlIn(driver, transaction), appId));
}
