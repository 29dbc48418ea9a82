import type { GenerateMigrationsOptions } from '@objectstack/spec/contracts';
import { type SQLDialect, SQLiteAlterTableLimitations } from '@objectstack/spec/data';
import { notSupported, PROTOCOL_VERSION, runSteps, type Steps } from '@objectstack/spec/shared';
import type { DeployDiff, MigrationPlan, PlannedDrift } from '@objectstack/spec/system';
import { flatMapSteps } from '../../schema/map-steps.js';
import { isProvenDiff, provePlan } from '../diff/proofs.js';
import { type Draft, toStatement } from './draft/draft.js';
import { planHashSteps } from './plan-hash-of.js';
import { assertNoneMissing } from './preflight/missing-values.js';
import { preflightOf } from './preflight/preflight-of.js';
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
import { rebuildStatements } from './statements/rebuild-statements.js';
import { renameColumns } from './statements/rename-columns.js';
import { renameTables } from './statements/rename-tables.js';
import { planTables, type TablePlan } from './table/table-plan.js';

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

/** The order avoids name conflicts and leaves no reference to a missing table at the end of the transaction. */
function* draftsOf(
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

/** Outcome of unmanaged objects: those of rebuilt tables are recreated, all others are unchanged. */
function plannedDrift({ drift }: DeployDiff, tables: readonly TablePlan[]): PlannedDrift[] {
  const rebuilt = new Set(tables.filter(({ isRebuilt }) => isRebuilt).map(({ before }) => before.name));
  return drift.map((thing) => ({ ...thing, outcome: rebuilt.has(thing.table) ? 'recreated' : 'unchanged' }));
}

/** A plan without its hash. */
export function* draftPlan(
  diff: DeployDiff,
  dialect: SQLDialect,
  options: GenerateMigrationsOptions = {},
): Steps<Omit<MigrationPlan, 'planHash'>> {
  if (dialect !== 'sqlite') throw notSupported('dialect', dialect);
  const { bundle, alterTable = SQLiteAlterTableLimitations } = options;
  const tables = yield* planTables(diff, alterTable);
  const statements = (yield* draftsOf(diff, tables, alterTable)).map(toStatement);
  return {
    protocolVersion: PROTOCOL_VERSION,
    dialect,
    ...(bundle && { bundleChecksum: bundle.checksum, bundleVersion: bundle.version }),
    baseSchemaHash: diff.baseSchemaHash,
    targetSchemaHash: diff.targetSchemaHash,
    diff,
    statements,
    preflight: yield* preflightOf(diff, tables),
    drift: plannedDrift(diff, tables),
    reversible: statements.every(({ reversible }) => reversible),
  };
}

/** See {@link ISchemaDiffService.generateMigrations}. */
export const generateMigrations = (
  diff: DeployDiff,
  dialect: SQLDialect,
  options: GenerateMigrationsOptions = {},
): MigrationPlan => runSteps(generateSteps(diff, dialect, options));

/** Like {@link generateMigrations}, but yields between steps. */
export function* generateSteps(
  diff: DeployDiff,
  dialect: SQLDialect,
  options: GenerateMigrationsOptions = {},
): Steps<MigrationPlan> {
  const draft = yield* draftPlan(diff, dialect, options);
  const plan = { ...draft, planHash: yield* planHashSteps(draft) };
  return isProvenDiff(diff) && !options.alterTable ? yield* provePlan(plan) : plan;
}
