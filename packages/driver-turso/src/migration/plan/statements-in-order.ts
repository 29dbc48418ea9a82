import type { SQLiteAlterTableLimitations } from '@objectstack/spec/data';
import type { Steps } from '@objectstack/spec/shared';
import type { DeployDiff } from '@objectstack/spec/system';
import { flatMapSteps } from '../../schema/map-steps.js';
import type { Draft } from './draft/draft.js';
import { assertNoneMissing } from './preflight/missing-values.js';
import { retainedTablesOf, retainValues } from './retained/retain-values.js';
import { addColumns } from './statements/add-columns.js';
import { assertConvertible } from './statements/assert-convertible.js';
import { checkReferences } from './statements/check-references.js';
import { convertColumns } from './statements/convert-columns.js';
import { createIndex } from './statements/create-index.js';
import { createTables } from './statements/create-tables.js';
import { dropColumns } from './statements/drop-columns.js';
import { dropIndexes } from './statements/drop-indexes.js';
import { dropTables } from './statements/drop-tables.js';
import { normalizeTables } from './statements/normalize-tables.js';
import { rebuildStatements } from './statements/rebuild-statements.js';
import { renameColumns } from './statements/rename-columns.js';
import { renameTables } from './statements/rename-tables.js';
import type { TablePlan } from './table/table-plan.js';

/** The change that requires a table rebuild: a field change that affects the column, if there is one. */
function causeOf({ after, fields }: TablePlan): string {
  const cause = fields.find(({ code }) => code !== 'SF005' && code !== 'SF002') ?? fields[0];
  return cause?.id ?? `change_object:${after.name}`;
}

/** New indexes, and all indexes of rebuilt tables. */
function createIndexes(diff: DeployDiff, tables: readonly TablePlan[]): Draft[] {
  const changes = new Map(diff.indexes.map((change) => [`${change.object} ${change.after?.name}`, change]));
  return tables.flatMap(({ after, isRebuilt, ...plan }) =>
    after.indexes.flatMap((index) => {
      const change = changes.get(`${after.name} ${index.name}`);
      if (!change && !isRebuilt) return [];
      const changeId = change?.id ?? causeOf({ after, isRebuilt, ...plan });
      return [createIndex(after.name, index, { changeId, ...(change && { risk: change.risk }) })];
    }),
  );
}

/**
 * The statements of a plan in the order of their execution. The order avoids name conflicts and leaves no reference to a missing table at the end of the
 * transaction.
 */
export function* statementsInOrder(
  diff: DeployDiff,
  tables: readonly TablePlan[],
  alterTable: SQLiteAlterTableLimitations,
): Steps<Draft[]> {
  const rebuilt = tables.filter(({ isRebuilt }) => isRebuilt);
  const retained = retainedTablesOf(diff, tables);
  const live = [...diff.removed, ...diff.tables.map(({ before }) => before)];
  return [
    ...(yield* flatMapSteps(tables, (plan) => assertConvertible(diff, plan))),
    ...(yield* assertNoneMissing(diff, tables)),
    ...normalizeTables(diff),
    ...(yield* retainValues(diff, retained, live)),
    ...dropIndexes(diff),
    ...dropTables(diff, retained),
    ...(yield* flatMapSteps(tables, (plan) => dropColumns(plan, retained, alterTable))),
    ...renameTables(diff),
    ...(yield* flatMapSteps(tables, renameColumns)),
    ...(yield* flatMapSteps(tables, (plan) => convertColumns(plan, retained))),
    ...(yield* createTables(diff)),
    ...(yield* flatMapSteps(rebuilt, (plan) => rebuildStatements(plan, retained, causeOf(plan)))),
    ...(yield* flatMapSteps(tables, (plan) => addColumns(plan, alterTable))),
    ...createIndexes(diff, tables),
    ...(yield* flatMapSteps(tables, checkReferences)),
  ];
}
