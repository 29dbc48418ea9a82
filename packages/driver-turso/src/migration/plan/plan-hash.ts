import type { MigrationPlan, MigrationStatement, PlannedSql, TableChange } from '@objectstack/spec/system';
import { definitionHash } from '../../schema/definition-text.js';
import { canonicalJson } from '../../schema/hash-of.js';
import { sha256 } from '../../schema/sha256.js';
import { tableHash } from '../../schema/table-hash.js';

const sqlContent = ({ sql, args }: PlannedSql) => [sql, args];

/** Lists instead of objects: most of a plan is statements, and their order is written down here, so nothing needs sorting. */
function statementContent(statement: MigrationStatement): unknown {
  const { order, kind, changeId, risk, explanation, reversible } = statement;
  const rollback = reversible && statement.rollback.map(sqlContent);
  return [order, kind, changeId, sqlContent(statement), risk, explanation, rollback];
}

const tableChangeContent = ({ before, after }: TableChange) => [tableHash(before), tableHash(after)];

/**
 * SHA-256 over everything that the schema of a plan names but the hash itself, what was counted in one tenant, and warnings.
 * Definitions and tables that many plans share are not written again for each of them.
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
