import type { GenerateMigrationsOptions } from '@objectstack/spec/contracts';
import { type SQLDialect, SQLiteAlterTableLimitations } from '@objectstack/spec/data';
import { notSupported, PROTOCOL_VERSION, runSteps, type Steps } from '@objectstack/spec/shared';
import type { DeployDiff, MigrationPlan, PlannedDrift } from '@objectstack/spec/system';
import { flatMapSteps } from '../../schema/map-steps.js';
import { isProvenDiff, provePlan } from '../diff/proofs.js';
import { type Draft, toStatement } from './draft/draft.js';
import { planHashSteps } from './plan-hash.js';
import { assertNoneMissing } from './preflight/missing-values.js';
import { preflightOf } from './preflight/preflight.js';
import { keepAside, keptTablesOf } from './retained/retain-values.js';
import { addColumns, convertColumns } from './statements/column-statements.js';
import { dropColumns } from './statements/drop-columns.js';
import { createIndex, dropIndexes } from './statements/index-statements.js';
import { rebuild } from './statements/rebuild-statements.js';
import { renameColumns, renameTables } from './statements/rename-statements.js';
import { assertConvertible, checkReferences } from './statements/stop-statements.js';
import { createTables, dropTables } from './statements/table-statements.js';
import { planTables, type TablePlan } from './table/table-plan.js';

/** The change that a rebuild is made for: one of a field, unless only others' things are made again. */
function causeOf({ after, fields }: TablePlan): string {
  const cause = fields.find(({ code }) => code !== 'SF005' && code !== 'SF002') ?? fields[0];
  return cause?.id ?? `change_object:${after.name}`;
}

/** New indexes, and all those of a table that was made anew. */
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

/** In this order no name is taken, and nothing refers to what is not there yet when the transaction ends. */
function* draftsOf(
  diff: DeployDiff,
  tables: readonly TablePlan[],
  alterTable: SQLiteAlterTableLimitations,
): Steps<Draft[]> {
  const rebuilt = tables.filter(({ isRebuilt }) => isRebuilt);
  const kept = keptTablesOf(diff, tables);
  const live = [...diff.removed, ...diff.tables.map(({ before }) => before)];
  return [
    ...(yield* flatMapSteps(tables, (plan) => assertConvertible(diff, plan))),
    ...(yield* assertNoneMissing(diff, tables)),
    ...keepAside(diff, kept, live),
    ...dropIndexes(diff),
    ...dropTables(diff, kept),
    ...(yield* flatMapSteps(tables, (plan) => dropColumns(plan, kept, alterTable))),
    ...renameTables(diff),
    ...(yield* flatMapSteps(tables, renameColumns)),
    ...(yield* flatMapSteps(tables, (plan) => convertColumns(plan, kept))),
    ...createTables(diff),
    ...(yield* flatMapSteps(rebuilt, (plan) => rebuild(plan, kept, causeOf(plan)))),
    ...(yield* flatMapSteps(tables, (plan) => addColumns(plan, alterTable))),
    ...createIndexes(diff, tables),
    ...(yield* flatMapSteps(tables, checkReferences)),
  ];
}

/** What goes with a table that is rebuilt comes back with it; everything else is not touched. */
function plannedDrift({ drift }: DeployDiff, tables: readonly TablePlan[]): PlannedDrift[] {
  const rebuilt = new Set(tables.filter(({ isRebuilt }) => isRebuilt).map(({ before }) => before.name));
  return drift.map((thing) => ({ ...thing, outcome: rebuilt.has(thing.table) ? 'made_again' : 'stays' }));
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

/** Same, in steps. */
export function* generateSteps(
  diff: DeployDiff,
  dialect: SQLDialect,
  options: GenerateMigrationsOptions = {},
): Steps<MigrationPlan> {
  const draft = yield* draftPlan(diff, dialect, options);
  const plan = { ...draft, planHash: yield* planHashSteps(draft) };
  return isProvenDiff(diff) && !options.alterTable ? yield* provePlan(plan) : plan;
}
