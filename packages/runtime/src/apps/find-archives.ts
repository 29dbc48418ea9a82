import type { IDataDriver } from '@objectstack/spec/contracts';
import { type AppArchive, AppArchiveSchema, SYSTEM_OBJECTS } from '@objectstack/spec/system';
import type { RunSql } from '../seed/run-sql.js';
import type { RetainedAppData } from './tenant-layers.js';

/*
 * What was archived is recorded in the tenant's database, beside the markers of seed data. The parts are in the bundle
 * store, which removes them after its grace period like any bundle that no deployment refers to: an archive expires then.
 */

const MARKERS = SYSTEM_OBJECTS.seed.name;

/** Id of the marker of the archive that a deployment led to. */
export const archiveMarker = (deploymentId: string) => `archive:${deploymentId}`;

const IS_ARCHIVE = `id >= 'archive:' AND id < 'archive;'`;

/** Deletes what the tenant's database records of the archives of an app, so that no installation restores them. */
export async function forgetArchives(sql: RunSql, appId: string): Promise<void> {
  const { rows: known } = await sql('SELECT 1 FROM sqlite_schema WHERE name = ?', [MARKERS]);
  if (known.length === 0) return;
  await sql(`DELETE FROM ${MARKERS} WHERE ${IS_ARCHIVE} AND json_extract(result, '$.appId') = ?`, [appId]);
}

/** Archives of the tenant that have not expired, the latest first. */
export async function findArchives(driver: IDataDriver, now: Date): Promise<AppArchive[]> {
  const { rows: known } = await driver.execute('SELECT 1 FROM sqlite_schema WHERE name = ?', [MARKERS]);
  if (known.length === 0) return [];
  const { rows } = await driver.execute(`SELECT result FROM ${MARKERS} WHERE ${IS_ARCHIVE}`);
  return rows
    .map(({ result }) => AppArchiveSchema.parse(JSON.parse(String(result))))
    .filter(({ expiresAt }) => expiresAt === null || Date.parse(expiresAt) > now.getTime())
    .sort((one, other) => (one.archivedAt < other.archivedAt ? 1 : -1));
}

/** The archived data as it is restored: the parts of an object belong together. */
export function restoredFrom({
  deploymentId: deployment,
  parts,
  assignedIds = {},
}: AppArchive): RetainedAppData[] {
  const data = new Map<string, RetainedAppData>();
  for (const { object, fields, checksum } of parts) {
    const assigned = Object.hasOwn(assignedIds, object) ? assignedIds[object] : undefined;
    const of = { deployment, table: '', object, ...(fields && { fields }), ...(assigned && { assigned }) };
    const known = data.get(object) ?? { ...of, parts: [] };
    data.set(object, { ...known, parts: [...(known.parts ?? []), checksum] });
  }
  return [...data.values()];
}
