import type { SqlResult, SqlStatement } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';

/*
 * A server sends at most 10 MB in one response, and the definitions of an application may be larger. They are then read
 * in parts: first the size of each row, then groups of rows that fit into one response. Every request also reads the
 * schema version and the latest deployment; if these differ between two requests, a deployment ran in the meantime, and
 * all parts are read again.
 */

const MAX_PART_CHARACTERS = 2_000_000;

/** A query whose rows may be too large for one response. */
export interface PartedQuery {
  readonly table: string;
  /** Column with unique values. */
  readonly key: string;
  /** Column whose length determines the size of a row. */
  readonly text: string;
  readonly where?: string;
  /** Selected columns. */
  readonly columns: string;
}

type Read = (statements: readonly SqlStatement[]) => Promise<readonly SqlResult[]>;

export const isTooLarge = (error: unknown): boolean =>
  ObjectStackError.isInstance(error) && error.code === 'response_too_large';

const whereOf = ({ where = 'true' }: PartedQuery) => where;

const sizesOf = (query: PartedQuery): SqlStatement => ({
  sql: `SELECT ${query.key} AS part_key, length(${query.text}) AS size FROM ${query.table} WHERE ${whereOf(query)} ORDER BY ${query.key}`,
});

const partOf = (query: PartedQuery, keys: readonly unknown[]): SqlStatement => ({
  sql: `SELECT ${query.columns} FROM ${query.table} WHERE ${whereOf(query)}
    AND ${query.key} IN (SELECT value FROM temp.json_each(?)) ORDER BY ${query.key}`,
  args: [JSON.stringify(keys)],
});

/** Groups of keys whose rows fit into one response. */
function grouped({ rows }: SqlResult): unknown[][] {
  const groups: unknown[][] = [];
  let left = 0;
  for (const { part_key: key, size } of rows) {
    const needed = Number(size ?? 0);
    if (needed > left || groups.length === 0) {
      groups.push([]);
      left = MAX_PART_CHARACTERS;
    }
    groups.at(-1)?.push(key);
    left -= needed;
  }
  return groups;
}

const momentOf = (results: readonly SqlResult[]) => JSON.stringify(results.map(({ rows }) => rows));

/**
 * The results of `moment`, and the rows of each query in the order of its key, consistent with each other. Null if the
 * results of `moment` changed in the meantime.
 */
export async function readInParts(
  read: Read,
  moment: readonly SqlStatement[],
  queries: readonly PartedQuery[],
): Promise<{ moment: readonly SqlResult[]; results: SqlResult[] } | null> {
  const first = await read([...moment, ...queries.map(sizesOf)]);
  const [at, sizes] = [first.slice(0, moment.length), first.slice(moment.length)];
  const results: SqlResult[] = [];
  for (const [index, query] of queries.entries()) {
    const rows: SqlResult['rows'] = [];
    for (const keys of grouped(sizes[index] ?? { rows: [], rowsAffected: 0 })) {
      const part = await read([...moment, partOf(query, keys)]);
      if (momentOf(part.slice(0, moment.length)) !== momentOf(at)) return null;
      rows.push(...(part.at(-1)?.rows ?? []));
    }
    results.push({ rows, rowsAffected: 0 });
  }
  return { moment: at, results };
}
