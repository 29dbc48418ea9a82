import type { MigrationPlan, MigrationStatement, PlannedSql, TableChange } from '@objectstack/spec/system';
import { definitionHash } from '../../schema/definition-text.js';
import { canonicalJson } from '../../schema/hash.js';
import { sha256 } from '../../schema/sha256.js';
import { tableHash } from '../../schema/table-text.js';

const sqlContent = ({ sql, args }: PlannedSql) => [sql, args];

/** Arrays instead of objects: statements are most of a plan, and a fixed order of their values avoids sorting keys. */
function statementContent(statement: MigrationStatement): unknown {
  const { order, kind, changeId, risk, explanation, reversible } = statement;
  const rollback = reversible && statement.rollback.map(sqlContent);
  return [order, kind, changeId, sqlContent(statement), risk, explanation, rollback];
}

const tableChangeContent = ({ before, after }: TableChange) => [tableHash(before), tableHash(after)];

/**
 * SHA-256 over a plan except the hash itself, findings and warnings. Definitions and tables are included by their
 * cached hashes, because many plans share them.
 */
export function planHashOf(
  plan: Omit<MigrationPlan, 'planHash' | 'findings' | 'warnings'> & Partial<MigrationPlan>,
): string {
  const { planHash: _hash, findings: _findings, warnings: _warnings, statements, diff, ...content } = plan;
  const { objects, tables, removed, ...changes } = diff;
  const hashes = objects.map(({ before, after, ...change }) => ({
    ...change,
    ...(before && { before: definitionHash(before) }),
    ...(after && { after: definitionHash(after) }),
  }));
  const lists = [statements.map(statementContent), tables.map(tableChangeContent), removed.map(tableHash)];
  return sha256(canonicalJson({ ...content, diff: { ...changes, objects: hashes } }) + JSON.stringify(lists));
}
