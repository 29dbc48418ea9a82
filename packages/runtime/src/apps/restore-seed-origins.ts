import { REMOVED_OBJECT_PREFIX } from '@objectstack/spec/system';
import { quote, type RunSql } from '../seed/run-sql.js';
import { hasSeedTables } from '../seed/seed-records.js';
import type { RetainedAppData } from './tenant-layers.js';

/** What seeds created is seed data again after it was restored, so that later versions update what was not changed since. */
export async function restoreSeedOrigins(sql: RunSql, data: readonly RetainedAppData[]): Promise<void> {
  if (!(await hasSeedTables(sql))) return;
  for (const { object, fields } of data) {
    if (fields) continue;
    await sql(
      `INSERT INTO _os_seed_record (id, record, created_at, updated_at, object, deployment)
      SELECT lower(hex(randomblob(16))), r.record, r.created_at, r.updated_at, ?, r.deployment FROM _os_seed_record AS r
      WHERE r.object = ? AND EXISTS (SELECT 1 FROM ${quote(object)} AS o WHERE o.id = r.record AND o.created_at = r.created_at)
      AND NOT EXISTS (SELECT 1 FROM _os_seed_record AS k WHERE k.object = ? AND k.record = r.record)`,
      [object, `${REMOVED_OBJECT_PREFIX}${object}`, object],
    );
  }
}
