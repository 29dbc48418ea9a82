import type { SqlStatement } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';

/** What a guard says when it stops a migration. */
type Guard =
  | 'OS_SCHEMA_CHANGED'
  | 'OS_DEPLOYMENT_CHANGED'
  | 'OS_NOT_EMPTY'
  | 'OS_FOREIGN_KEYS_ON'
  | 'OS_FOREIGN_KEY_BROKEN'
  | 'OS_KEPT_ANEW';

/** A statement that fails, and with it the whole transaction, when the condition holds. */
function failWhen(condition: string, guard: Guard, args: SqlStatement['args'] = []): SqlStatement {
  return { sql: `SELECT CASE WHEN ${condition} THEN json_extract('{}', '${guard}') END`, args };
}

/** Nobody has run DDL since the schema was read. */
export function schemaVersionIs(version: number): SqlStatement {
  return failWhen('(SELECT schema_version FROM temp.pragma_schema_version) <> ?', 'OS_SCHEMA_CHANGED', [
    version,
  ]);
}

/** Nobody has deployed since the metadata was read. */
export function latestDeploymentIs(deploymentId: string | null): SqlStatement {
  const latest = '(SELECT id FROM _os_deployment ORDER BY sequence DESC LIMIT 1)';
  return failWhen(`${latest} IS NOT ?`, 'OS_DEPLOYMENT_CHANGED', [deploymentId]);
}

/** Foreign keys are really not enforced: dropping a table would otherwise delete what refers to it, in silence. */
export function foreignKeysAreOff(): SqlStatement {
  return failWhen('(SELECT foreign_keys FROM temp.pragma_foreign_keys) <> 0', 'OS_FOREIGN_KEYS_ON');
}

export const BROKEN_FOREIGN_KEYS = 'SELECT count(*) AS broken FROM temp.pragma_foreign_key_check';

/** No more records refer to nothing than before. */
export function brokenForeignKeysAreAtMost(count: number): SqlStatement {
  return failWhen(`(${BROKEN_FOREIGN_KEYS}) > ?`, 'OS_FOREIGN_KEY_BROKEN', [count]);
}

/** Nobody has kept something aside again under one of these names, to be kept for longer. */
export function keptUntil(names: readonly string[], now: string): SqlStatement {
  const anew = 'SELECT 1 FROM _os_undo WHERE id IN (SELECT value FROM temp.json_each(?)) AND expires_at > ?';
  return failWhen(`EXISTS (${anew})`, 'OS_KEPT_ANEW', [JSON.stringify(names), now]);
}

/** The database has nothing in it. */
export function databaseIsEmpty(): SqlStatement {
  return failWhen('EXISTS (SELECT 1 FROM sqlite_schema)', 'OS_NOT_EMPTY');
}

/** The guard that stopped the statements, if one did. */
export function guardOf(error: unknown): unknown {
  return ObjectStackError.isInstance(error) ? error.details.guard : undefined;
}
