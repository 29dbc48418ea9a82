import type { Release, ReleaseChannel } from '@objectstack/spec/system';
import type { Kysely } from 'kysely';
import { CompiledQueries } from '../compiled-queries.js';
import { REGISTRY_COLUMNS } from '../registry-columns.js';
import type { RegistryTables } from '../registry-tables.js';
import { toChannel, toRelease, toReleaseRow } from './fleet-rows.js';

type Database = Kysely<RegistryTables>;

/** Releases are never deleted, so that one which prevents the insertion is found. */
export async function addRelease(
  db: Database,
  release: Release,
): Promise<{ release: Release; created: boolean }> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('_os_control_release')
    .values(toReleaseRow(release))
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  if (numInsertedOrUpdatedRows === 1n) return { release, created: true };
  const same = await getRelease(db, release.name);
  if (same) return { release: same, created: false };
  const row = await db
    .selectFrom('_os_control_release')
    .select(REGISTRY_COLUMNS._os_control_release)
    .where('bundle_checksum', '=', release.bundleChecksum)
    .executeTakeFirstOrThrow();
  return { release: toRelease(row), created: false };
}

export async function getRelease(db: Database, name: string): Promise<Release | null> {
  const row = await db
    .selectFrom('_os_control_release')
    .select(REGISTRY_COLUMNS._os_control_release)
    .where('name', '=', name)
    .executeTakeFirst();
  return row ? toRelease(row) : null;
}

export async function listReleases(
  db: Database,
  { after, limit }: { after?: { createdAt: string; name: string }; limit: number },
): Promise<Release[]> {
  let query = db.selectFrom('_os_control_release').select(REGISTRY_COLUMNS._os_control_release);
  if (after)
    query = query.where((eb) =>
      eb.or([
        eb('created_at', '<', after.createdAt),
        eb.and([eb('created_at', '=', after.createdAt), eb('name', '<', after.name)]),
      ]),
    );
  const rows = await query.orderBy('created_at', 'desc').orderBy('name', 'desc').limit(limit).execute();
  return rows.map(toRelease);
}

export async function putChannel(db: Database, { name, release, updatedAt }: ReleaseChannel): Promise<void> {
  const values = { release_name: release, updated_at: updatedAt };
  await db
    .insertInto('_os_control_channel')
    .values({ name, ...values })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(values))
    .execute();
}

export async function listChannels(db: Database): Promise<ReleaseChannel[]> {
  const rows = await new CompiledQueries(db).run('channels', [], (one) =>
    one.selectFrom('_os_control_channel').select(REGISTRY_COLUMNS._os_control_channel).orderBy('name'),
  );
  return rows.map(toChannel);
}
