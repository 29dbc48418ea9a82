import { type DeployBundle, REMOVED_OBJECT_PREFIX } from '@objectstack/spec/system';
import type { RunSql } from '../seed/run-sql.js';
import type { RetainedAppData } from './tenant-layers.js';

const RESTORE = `INSERT INTO _os_sequence (id, last_value, created_at, updated_at)
  SELECT substr(id, 1 + length(?)), last_value, created_at, updated_at FROM _os_sequence
  WHERE id = ? OR substr(id, 1, 1 + length(?)) = ? || ':'
  ON CONFLICT (id) DO UPDATE SET last_value = max(last_value, excluded.last_value), updated_at = excluded.updated_at`;

/** Autonumber fields count on from where they were, so that no number is given to a second record. */
export async function restoreCounters(
  sql: RunSql,
  { objects }: DeployBundle,
  data: readonly RetainedAppData[],
): Promise<void> {
  for (const { object, fields: restored } of data) {
    const fields = objects.find(({ name }) => name === object)?.fields ?? {};
    for (const [name, { type }] of Object.entries(fields)) {
      if (type !== 'autonumber' || (restored && !restored.includes(name))) continue;
      const kept = `${REMOVED_OBJECT_PREFIX}${object}.${name}`;
      await sql(RESTORE, [REMOVED_OBJECT_PREFIX, kept, kept, kept]);
    }
  }
}
