import type { ObjectDefinition } from '@objectstack/spec/data';
import { type DeployBundle, REMOVED_OBJECT_PREFIX } from '@objectstack/spec/system';
import type { RunSql } from '../seed/run-sql.js';
import { assignedIds, recordAssignedIds } from '../shared/assigned-ids.js';
import type { RetainedAppData } from './tenant-layers.js';

const RESTORE = `INSERT INTO _os_sequence (id, last_value, created_at, updated_at)
  SELECT substr(id, 1 + length(?)), last_value, created_at, updated_at FROM _os_sequence
  WHERE id = ? OR substr(id, 1, 1 + length(?)) = ? || ':'
  ON CONFLICT (id) DO UPDATE SET last_value = max(last_value, excluded.last_value), updated_at = excluded.updated_at`;

/** An object with integer ids assigns none that it assigned before. */
async function restoreAssignedIds(
  sql: RunSql,
  { table, object, parts, assigned }: RetainedAppData,
  { idType }: Pick<ObjectDefinition, 'idType'>,
): Promise<void> {
  if (idType !== 'integer') return;
  const largest = parts ? assigned : (await assignedIds(sql, [table])).get(table);
  if (largest === undefined) return;
  for (const { sql: text, args } of recordAssignedIds(object, largest)) await sql(text, args);
}

/** Autonumber fields count on from where they were, so that no number is given to a second record. */
export async function restoreCounters(
  sql: RunSql,
  { objects }: DeployBundle,
  data: readonly RetainedAppData[],
): Promise<void> {
  for (const one of data) {
    const { object, fields: restored } = one;
    const definition = objects.find(({ name }) => name === object);
    if (!restored && definition) await restoreAssignedIds(sql, one, definition);
    for (const [name, { type }] of Object.entries(definition?.fields ?? {})) {
      if (type !== 'autonumber' || (restored && !restored.includes(name))) continue;
      const kept = `${REMOVED_OBJECT_PREFIX}${object}.${name}`;
      await sql(RESTORE, [REMOVED_OBJECT_PREFIX, kept, kept, kept]);
    }
  }
}
