import type { IDataDriver } from '@objectstack/spec/contracts';
import { type AppArchive, AppArchiveSchema, SYSTEM_OBJECTS } from '@objectstack/spec/system';
import type { RetainedAppData } from './tenant-layers.js';

/*
 * What was archived is recorded in the tenant's database, beside the markers of seed data. The parts are in the bundle
 * store, which removes them after its grace period like any bundle that no deployment refers to: an archive expires then.
 */

const MARKERS = SYSTEM_OBJECTS.seed.name;

/** Id of the marker of the archive that a deployment led to. */
export const archiveMarker = (deploymentId: string) => `archive:${deploymentId}`;

/** Archives of the tenant that have not expired, the latest first. */
export async function findArchives(driver: IDataDriver, now: Date): Promise<AppArchive[]> {
  const { rows: known } = await driver.execute('SELECT 1 FROM sqlite_schema WHERE name = ?', [MARKERS]);
  if (known.length === 0) return [];
  const { rows } = await driver.execute(
    `SELECT result FROM ${MARKERS} WHERE id >= 'archive:' AND id < 'archive;'`,
  );
  return rows
    .map(({ result }) => AppArchiveSchema.parse(JSON.parse(String(result))))
    .filter(({ expiresAt }) => expiresAt === null || Date.parse(expiresAt) > now.getTime())
    .sort((one, other) => (one.archivedAt < other.archivedAt ? 1 : -1));
}

/** The archived data as it is restored: the parts of an object belong together. */
export function restoredFrom({ deploymentId: deployment, parts }: AppArchive): RetainedAppData[] {
  const data = new Map<string, RetainedAppData>();
  for (const { object, fields, checksum } of parts) {
    const known = data.get(object) ?? { deployment, table: '', object, ...(fields && { fields }), parts: [] };
    data.set(object, { ...known, parts: [...(known.parts ?? []), checksum] });
  }
  return [...data.values()];
}
