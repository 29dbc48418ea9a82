import type { GenerateMigrationsOptions } from '@objectstack/spec/contracts';
import { type SQLDialect, SQLiteAlterTableLimitations } from '@objectstack/spec/data';
import { notSupported, PROTOCOL_VERSION, runSteps, type Steps } from '@objectstack/spec/shared';
import type { DeployDiff, MigrationPlan, PlannedDrift } from '@objectstack/spec/system';
import { addVerifiedPlan, isVerifiedDiff } from '../diff/verified-plans.js';
import { toStatement } from './draft/draft.js';
import { planHashSteps } from './plan-hash-of.js';
import { preflightOf } from './preflight/preflight-of.js';
import { statementsInOrder } from './statements-in-order.js';
import { planTables, type TablePlan } from './table/table-plan.js';

/** Outcome of unmanaged objects: those of rebuilt tables are recreated, all others are unchanged. */
function plannedDrift({ drift, normalized = [] }: DeployDiff, tables: readonly TablePlan[]): PlannedDrift[] {
  const changed = [...normalized, ...tables.filter(({ isRebuilt }) => isRebuilt)];
  const rebuilt = new Set(changed.map(({ before }) => before.name));
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
  const statements = (yield* statementsInOrder(diff, tables, alterTable)).map(toStatement);
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

/** The latest plan of each verified diff. Both are frozen, so that callers can share them. */
const plans = new WeakMap<DeployDiff, MigrationPlan>();

/** The plan, if it names the bundle. The bundle itself is not kept, because the caller can change it while the plan is derived. */
function knownPlan(diff: DeployDiff, bundle: GenerateMigrationsOptions['bundle']): MigrationPlan | undefined {
  const known = plans.get(diff);
  const isSame = known?.bundleChecksum === bundle?.checksum && known?.bundleVersion === bundle?.version;
  return isSame ? known : undefined;
}

/** Like {@link generateMigrations}, but yields between steps. */
export function* generateSteps(
  diff: DeployDiff,
  dialect: SQLDialect,
  options: GenerateMigrationsOptions = {},
): Steps<MigrationPlan> {
  const { bundle, alterTable } = options;
  const isShared = isVerifiedDiff(diff) && !alterTable && dialect === 'sqlite';
  const known = isShared ? knownPlan(diff, bundle) : undefined;
  if (known) return known;
  const draft = yield* draftPlan(diff, dialect, options);
  const plan = { ...draft, planHash: yield* planHashSteps(draft) };
  if (!isShared) return plan;
  yield* addVerifiedPlan(plan);
  plans.set(diff, plan);
  return plan;
}
