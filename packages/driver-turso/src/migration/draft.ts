import type { MigrationStatement, PlannedSql, SqlArgument } from '@objectstack/spec/system';

/** A statement of a plan before it has its place. */
export interface Draft
  extends Pick<MigrationStatement, 'kind' | 'changeId' | 'sql' | 'risk' | 'explanation'> {
  readonly args?: SqlArgument[];
  /** Absent where the statement cannot be undone. */
  readonly rollback?: readonly PlannedSql[] | undefined;
}

export const plain = (sql: string): PlannedSql => ({ sql, args: [] });

export function toStatement({ rollback, args = [], ...draft }: Draft, order: number): MigrationStatement {
  const statement = { order, ...draft, args };
  if (!rollback) return { ...statement, reversible: false };
  return { ...statement, reversible: true, rollback: [...rollback] };
}
