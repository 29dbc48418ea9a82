import type { SqlResult, SqlStatement } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';

/*
 * A server sends at most 10 MB in one answer, and the definitions of an application may have more. They are read in
 * parts then: first the size of each row, then rows that fit together. Every part also reads what tells the moment; when
 * it differs between two parts, somebody has deployed meanwhile, and everything is read again.
 */

const MOST_PART_CHARACTERS = 2_000_000;

/** Rows that may be too many for one answer. */
export interface PartedQuery {
  readonly table: string;
  /** Unique in the table. */
  readonly key: string;
  /** Its length is what makes a row large. */
  readonly text: string;
  readonly where?: string;
  /** What is selected. */
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

/** Keys of rows that fit into one answer together. */
function grouped({ rows }: SqlResult): unknown[][] {
  const groups: unknown[][] = [];
  let left = 0;
  for (const { part_key: key, size } of rows) {
    const needed = Number(size ?? 0);
    if (needed > left || groups.length === 0) {
      groups.push([]);
      left = MOST_PART_CHARACTERS;
    }
    groups.at(-1)?.push(key);
    left -= needed;
  }
  return groups;
}

const momentOf = (results: readonly SqlResult[]) => JSON.stringify(results.map(({ rows }) => rows));

/**
 * The answers to `moment`, and the rows of each query in the order of its key, as they are at one moment. Null when
 * somebody changed them meanwhile.
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
