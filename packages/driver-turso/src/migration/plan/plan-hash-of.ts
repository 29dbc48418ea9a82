import { runSteps, type Steps } from '@objectstack/spec/shared';
import type { MigrationPlan, MigrationStatement, PlannedSql, TableChange } from '@objectstack/spec/system';
import { canonicalParts } from '../../schema/canonical-parts.js';
import { definitionHash } from '../../schema/definition-text.js';
import { mapSteps } from '../../schema/map-steps.js';
import { startSha256 } from '../../schema/sha256.js';
import { tableHash } from '../../schema/table-hash.js';

const sqlContent = ({ sql, args }: PlannedSql) => [sql, args];

/** Arrays instead of objects: statements are most of a plan, and a fixed order of their values avoids sorting keys. */
function statementContent(statement: MigrationStatement): unknown {
  const { order, kind, changeId, risk, explanation, reversible } = statement;
  const rollback = reversible && statement.rollback.map(sqlContent);
  return [order, kind, changeId, sqlContent(statement), risk, explanation, rollback];
}

const tableChangeContent = ({ before, after }: TableChange) => [tableHash(before), tableHash(after)];

/** What a hash is made of; the rest of a plan may be there too. */
type HashedPlan = Omit<MigrationPlan, 'planHash' | 'findings' | 'warnings'> & Partial<MigrationPlan>;

/** `JSON.stringify` of what each item comes to, in parts. */
function* jsonList<T>(items: readonly T[], contentOf: (item: T) => unknown): Steps<string[]> {
  const parts = yield* mapSteps(items, (item) => JSON.stringify(contentOf(item)));
  return ['[', ...parts.flatMap((part, index) => (index === 0 ? [part] : [',', part])), ']'];
}

/**
 * SHA-256 over a plan except the hash itself, findings and warnings. Definitions and tables are included by their
 * cached hashes, because many plans share them.
 */
export const planHashOf = (plan: HashedPlan): string => runSteps(planHashSteps(plan));

/** Like {@link planHashOf}, but yields between steps. */
export function* planHashSteps(plan: HashedPlan): Steps<string> {
  const { planHash: _hash, findings: _findings, warnings: _warnings, statements, diff, ...content } = plan;
  const { objects, tables, removed, ...changes } = diff;
  const hashes = yield* mapSteps(objects, ({ before, after, ...change }) => ({
    ...change,
    ...(before && { before: definitionHash(before) }),
    ...(after && { after: definitionHash(after) }),
  }));
  const hash = startSha256();
  for (const part of yield* canonicalParts({ ...content, diff: { ...changes, objects: hashes } }))
    hash.update(part);
  const lists = [
    yield* jsonList(statements, statementContent),
    yield* jsonList(tables, tableChangeContent),
    yield* jsonList(removed, tableHash),
  ];
  for (const [index, parts] of lists.entries()) {
    hash.update(index === 0 ? '[' : ',');
    for (const part of parts) {
      hash.update(part);
      yield;
    }
  }
  hash.update(']');
  return hash.digest();
}
