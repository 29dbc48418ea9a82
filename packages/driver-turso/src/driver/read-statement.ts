import type { SqlStatement, SqlValue } from '@objectstack/spec/contracts';

/** A SELECT without LIMIT and OFFSET, which are added when it runs. */
export interface ReadStatement {
  readonly sql: string;
  readonly args: readonly SqlValue[];
  /** Maximum number of rows; null for all. */
  readonly limit: number | null;
  /** Number of rows to skip; null for none. */
  readonly offset: number | null;
}

/** The complete statement for a transaction, in which the metadata cannot change. */
export function unguardedRead({ sql, args, limit, offset }: ReadStatement): SqlStatement {
  if (limit === null && offset === null) return { sql, args };
  if (offset === null) return { sql: `${sql} limit ?`, args: [...args, limit] };
  return { sql: `${sql} limit ? offset ?`, args: [...args, limit ?? -1, offset] };
}
