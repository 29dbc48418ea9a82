import { type RetainedContent, RetainedContentSchema, type RetainedKind } from './retain-records.js';
import type { RunSql } from './run-sql.js';

export interface RetainedRow {
  /** Ids of what is retained of the record; several where the deployment overwrote the record before it removed it. */
  readonly ids: readonly string[];
  readonly deployment: string;
  readonly object: string;
  readonly record: string;
  readonly kind: RetainedKind;
  readonly writtenAt: string;
  readonly content: RetainedContent;
}

/** What a deployment's seeds did to records, as far as it was not undone yet. */
export interface RetainedRows {
  /** What is to be restored, in the order in which it was removed or overwritten. */
  readonly rows: readonly RetainedRow[];
  /** Ids of states that only seeds of the deployment gave to records that they created: nothing was there before. */
  readonly unneeded: readonly string[];
}

const isOfSeedsOnly = ({ deployment, content: { origin, row } }: RetainedRow) =>
  origin?.deployment === deployment && origin.writtenAt === row.updated_at;

const keyOf = ({ object, record }: RetainedRow) => `${object}/${record}`;

/** The same with records that were overwritten and then removed as they were before both, unless changed in between. */
function folded(rows: readonly RetainedRow[]): RetainedRow[] {
  const updated = new Map(rows.filter(({ kind }) => kind === 'updated').map((row) => [keyOf(row), row]));
  const covered = new Set<RetainedRow>();
  const all = rows.map((row) => {
    const before = row.kind === 'removed' ? updated.get(keyOf(row)) : undefined;
    if (!before || before.writtenAt !== row.content.row.updated_at) return row;
    covered.add(before);
    return { ...row, ids: [...before.ids, ...row.ids], content: before.content };
  });
  return all.filter((row) => !covered.has(row));
}

export async function retainedRows(sql: RunSql, deployment: string): Promise<RetainedRows> {
  const { rows: found } = await sql(
    `SELECT id, object, record, kind, updated_at, content FROM _os_seed_kept
    WHERE deployment = ? AND kind <> 'restored' ORDER BY rowid`,
    [deployment],
  );
  const all = found.map(({ id, object, record, kind, updated_at, content }) => ({
    ids: [String(id)],
    deployment,
    object: String(object),
    record: String(record),
    kind: String(kind) as RetainedKind,
    writtenAt: String(updated_at),
    content: RetainedContentSchema.parse(JSON.parse(String(content))),
  }));
  const unneeded = all.filter(isOfSeedsOnly).flatMap(({ ids }) => ids);
  return { rows: folded(all.filter((row) => !isOfSeedsOnly(row))), unneeded };
}
