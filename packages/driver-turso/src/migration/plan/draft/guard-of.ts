import type { SqlStatement } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';

/** Error name of a guard that aborts a migration. */
type Guard =
  | 'OS_SCHEMA_CHANGED'
  | 'OS_DEPLOYMENT_CHANGED'
  | 'OS_NOT_EMPTY'
  | 'OS_NOT_A_COPY'
  | 'OS_FOREIGN_KEYS_ON'
  | 'OS_FOREIGN_KEY_BROKEN'
  | 'OS_RETAINED_AGAIN'
  | 'OS_EXCEEDS_LOCK_BUDGET'
  | 'OS_ROWS_CHANGED';

/** A statement that fails, and with it the whole transaction, if the condition is true. Otherwise it returns no row. */
export function failWhen(condition: string, guard: Guard, args: SqlStatement['args'] = []): SqlStatement {
  return { sql: `SELECT 1 WHERE CASE WHEN ${condition} THEN json_extract('{}', '${guard}') END`, args };
}

/** Asserts that no DDL ran since the schema was read. */
export function schemaVersionIs(version: number): SqlStatement {
  return failWhen('(SELECT schema_version FROM temp.pragma_schema_version) <> ?', 'OS_SCHEMA_CHANGED', [
    version,
  ]);
}

/** Asserts that no deployment ran since the metadata was read. */
export function latestDeploymentIs(deploymentId: string | null): SqlStatement {
  const latest = '(SELECT id FROM _os_deployment ORDER BY sequence DESC LIMIT 1)';
  return failWhen(`${latest} IS NOT ?`, 'OS_DEPLOYMENT_CHANGED', [deploymentId]);
}

/**
 * Asserts that foreign keys are disabled: otherwise dropping a table would delete referring records without an error.
 */
export function foreignKeysAreOff(): SqlStatement {
  return failWhen('(SELECT foreign_keys FROM temp.pragma_foreign_keys) <> 0', 'OS_FOREIGN_KEYS_ON');
}

export const BROKEN_FOREIGN_KEYS = 'SELECT count(*) AS broken FROM temp.pragma_foreign_key_check';

/** Asserts that the number of records that violate a foreign key has not increased. */
export function brokenForeignKeysAreAtMost(count: number): SqlStatement {
  return failWhen(`(${BROKEN_FOREIGN_KEYS}) > ?`, 'OS_FOREIGN_KEY_BROKEN', [count]);
}

/** Asserts that no later deployment retains data under one of these names until after `now`. */
export function retentionHasExpired(names: readonly string[], now: string): SqlStatement {
  const retainedAgain =
    'SELECT 1 FROM _os_undo WHERE id IN (SELECT value FROM temp.json_each(?)) AND expires_at > ?';
  return failWhen(`EXISTS (${retainedAgain})`, 'OS_RETAINED_AGAIN', [JSON.stringify(names), now]);
}

/** Asserts that the database is empty. */
export function databaseIsEmpty(): SqlStatement {
  return failWhen('EXISTS (SELECT 1 FROM sqlite_schema)', 'OS_NOT_EMPTY');
}

/** Asserts that the database was neither claimed nor deployed to: it has no table with the name of a system table. */
export function systemTablesAreMissing(): SqlStatement {
  return failWhen(`EXISTS (SELECT 1 FROM sqlite_schema WHERE substr(name, 1, 4) = '_os_')`, 'OS_NOT_EMPTY');
}

/** Asserts that a query for rows finds none. */
export function findsNothing(query: string): SqlStatement {
  return failWhen(`EXISTS (${query})`, 'OS_ROWS_CHANGED');
}

/** Asserts that the database has exactly the marker of a tenant. */
export function markerIs(tenantId: string): SqlStatement {
  const other =
    '(SELECT count(*) FROM _os_tenant WHERE id = ?) <> 1 OR (SELECT count(*) FROM _os_tenant) <> 1';
  return failWhen(other, 'OS_NOT_A_COPY', [tenantId]);
}

/** The guard that aborted the statements; undefined if the error has another cause. */
export function guardOf(error: unknown): unknown {
  return ObjectStackError.isInstance(error) ? error.details.guard : undefined;
}
