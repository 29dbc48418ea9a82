// Restores, in one transaction, what the seeds of a deployment removed or overwrote. A record that was written since is left
// as it is: what cannot be restored beside it stays retained until its retention window ends, and is reported. Rows may
// depend on each other, by unique values and by lookups, so they are tried until none of the rest can be restored.
//
// The statements are repeated where foreign keys may be off, so none of them may change other rows through a foreign key:
// what cannot remain is not removed again, but the caller begins again without it.

import { findDangling, violationsIn } from './find-dangling.js';
import { foreignKeys } from './foreign-keys.js';
import type { RecordedStatements } from './recorded-statements.js';
import type { ReferenceSchema } from './reference-schema.js';
import { type Restore, restorers } from './restorers.js';
import type { RetainedKind } from './retain-records.js';
import type { RetainedRow, RetainedRows } from './retained-rows.js';
import { AMONG, type RunSql } from './run-sql.js';
import { noteCreated } from './seed-records.js';

/** What is known of the seeds' own records is restored with them. */
async function restoreOrigins(sql: RunSql, rows: readonly RetainedRow[]): Promise<void> {
  for (const { object, record, kind, content } of rows) {
    if (!content.origin) continue;
    const { deployment, writtenAt } = content.origin;
    if (kind === 'removed') {
      const createdAt = String(content.row.created_at);
      await noteCreated(sql, deployment, [{ object, record, createdAt, writtenAt }]);
    } else {
      await sql('UPDATE _os_seed_record SET updated_at = ? WHERE object = ? AND record = ?', [
        writtenAt,
        object,
        record,
      ]);
    }
  }
}

export interface RestoreOutcome {
  /** Rows that conflict with records that were written since. */
  readonly left: readonly RetainedRow[];
  /** Of these, the rows whose changes must not remain: the transaction must begin again without them. */
  readonly undone: readonly RetainedRow[];
}

/** Overwritten values are restored from the last to the first, because a later record may have taken the value of an earlier one. */
function inOrder(rows: readonly RetainedRow[]): RetainedRow[] {
  const of = (wanted: RetainedKind) => rows.filter(({ kind }) => kind === wanted);
  return [...of('updated').reverse(), ...of('removed'), ...of('reference')];
}

async function restoreAll(
  recorded: RecordedStatements,
  rows: readonly RetainedRow[],
  schema: ReferenceSchema,
): Promise<{ done: Set<RetainedRow>; halfDone: Set<RetainedRow> }> {
  const keys = await foreignKeys(recorded.run);
  const { byKind, replacing } = restorers(recorded.run, { schema, keys });
  const done = new Set<RetainedRow>();
  const halfDone = new Set<RetainedRow>();
  async function round(restore: Restore): Promise<boolean> {
    const size = done.size;
    for (const row of rows) {
      if (done.has(row) || halfDone.has(row)) continue;
      const { length } = recorded.statements;
      if (await restore(row)) done.add(row);
      else if (recorded.statements.length > length) halfDone.add(row);
    }
    return done.size > size;
  }
  const replaceCreated: Restore = async (row) => row.kind === 'removed' && replacing(row);
  do while (await round((row) => byKind[row.kind](row)));
  while (await round(replaceCreated));
  return { done, halfDone };
}

/** Restores the rows except those that are `skipped`, which cannot remain. */
export async function restoreRecords(
  recorded: RecordedStatements,
  { rows, unneeded }: RetainedRows,
  { skipped, schema }: { skipped: ReadonlySet<string>; schema: ReferenceSchema },
): Promise<RestoreOutcome> {
  const { run: sql } = recorded;
  const wanted = inOrder(rows.filter(({ ids }) => !ids.some((id) => skipped.has(id))));
  const before = await violationsIn(sql, new Set(wanted.map(({ object }) => object)));
  const { done, halfDone } = await restoreAll(recorded, wanted, schema);
  const restored = [...done];
  const undone = [...halfDone, ...(await findDangling(sql, restored, before))];
  const left = rows.filter((row) => !done.has(row));
  if (undone.length > 0) return { left, undone };
  await restoreOrigins(sql, restored);
  await sql(`UPDATE _os_seed_kept SET kind = 'restored', content = '{}' WHERE id ${AMONG}`, [
    JSON.stringify([...unneeded, ...restored.flatMap(({ ids }) => ids)]),
  ]);
  return { left, undone };
}
