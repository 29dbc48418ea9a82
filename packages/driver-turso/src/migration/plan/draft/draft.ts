import type { MigrationStatement, PlannedSql, SqlArgument } from '@objectstack/spec/system';

/** A statement of a plan before its position is known. */
export interface Draft
  extends Pick<MigrationStatement, 'kind' | 'changeId' | 'sql' | 'risk' | 'explanation'> {
  readonly args?: SqlArgument[];
  /** Absent if the statement is not reversible. */
  readonly rollback?: readonly PlannedSql[] | undefined;
}

export const plain = (sql: string): PlannedSql => ({ sql, args: [] });

export function toStatement(draft: Draft, order: number): MigrationStatement {
  const { kind, changeId, sql, args = [], risk, explanation, rollback } = draft;
  const undo = rollback
    ? { reversible: true as const, rollback: [...rollback] }
    : { reversible: false as const };
  return { order, kind, changeId, sql, args, risk, explanation, ...undo };
}
