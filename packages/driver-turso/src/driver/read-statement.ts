import type { SqlStatement, SqlValue } from '@objectstack/spec/contracts';

/** A SELECT without its LIMIT and OFFSET, which are written when it runs. */
export interface ReadStatement {
  readonly sql: string;
  readonly args: readonly SqlValue[];
  /** Most rows; null for all. */
  readonly limit: number | null;
  /** Rows to skip; null for none. */
  readonly offset: number | null;
}

/** The statement as it runs in a transaction, where the metadata cannot change. */
export function unguardedRead({ sql, args, limit, offset }: ReadStatement): SqlStatement {
  if (limit === null && offset === null) return { sql, args };
  if (offset === null) return { sql: `${sql} limit ?`, args: [...args, limit] };
  return { sql: `${sql} limit ? offset ?`, args: [...args, limit ?? -1, offset] };
}
