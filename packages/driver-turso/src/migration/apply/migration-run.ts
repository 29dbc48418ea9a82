import type {
  ApplyMigrationsOptions,
  AtomicOptions,
  IDataDriver,
  SqlStatement,
} from '@objectstack/spec/contracts';
import { ObjectStackError, RETENTION_DAYS, type Steps } from '@objectstack/spec/shared';
import type { CurrentSchema, MigrationPlan, MigrationStatement } from '@objectstack/spec/system';
import { CREATE_SYSTEM_TABLES } from '../../schema/create-system-tables.js';
import {
  BROKEN_FOREIGN_KEYS,
  brokenForeignKeysAreAtMost,
  foreignKeysAreOff,
  latestDeploymentIs,
  schemaVersionIs,
} from '../plan/draft/guard-of.js';
import { historyRows, metadataRows, retainedRows } from './metadata-rows.js';
import { SCHEMA_IMAGE } from './schema-image.js';
import { statementsToRun } from './statements-to-run.js';

const DAY_MS = 86_400_000;

interface RunOptions extends Pick<ApplyMigrationsOptions, 'allow' | 'retentionDays' | 'first'> {
  readonly deploymentId: string;
  /** Statements that rename retained tables of an earlier run of the same plan. */
  readonly earlierRetained: readonly SqlStatement[];
  /** Number of records that already violate a foreign key; null if foreign keys stay enabled. */
  readonly brokenKeys: number | null;
  /** Whether the images of the schema before and after the migration are read. */
  readonly readsImages: boolean;
}

/** The statements of one transaction, and the position of the statements of the plan among them. */
export interface MigrationRun {
  readonly statements: readonly SqlStatement[];
  readonly ddl: readonly MigrationStatement[];
  readonly ddlOffset: number;
}

/** Throws `invalid_request` for a retention window that is out of range. */
export function assertRetentionDays({
  retentionDays = RETENTION_DAYS.default,
}: ApplyMigrationsOptions): void {
  if (retentionDays >= 0 && retentionDays <= RETENTION_DAYS.most) return;
  throw new ObjectStackError({
    code: 'invalid_request',
    message: `retentionDays must be between 0 and ${RETENTION_DAYS.most}.`,
    details: { retentionDays },
  });
}

/** Whether the plan drops a table, also to replace it. */
export const dropsTables = (plan: MigrationPlan): boolean =>
  plan.statements.some(({ kind }) => kind === 'rebuild_table' || kind === 'drop_table');

/**
 * Number of records that violate a foreign key; null if the plan drops no table, so that foreign keys can stay enabled.
 */
export async function countBrokenKeys(driver: IDataDriver, plan: MigrationPlan): Promise<number | null> {
  if (!dropsTables(plan)) return null;
  const [result] = await driver.executeAtomic([{ sql: BROKEN_FOREIGN_KEYS }], { mode: 'read' });
  return Number(result?.rows[0]?.broken);
}

/**
 * Options of the transaction. Foreign keys are disabled if a table is dropped, because dropping it would delete
 * referring records.
 */
export const atomicOptionsOf = (
  brokenKeys: number | null,
  { signal }: Pick<AtomicOptions, 'signal'>,
): AtomicOptions => ({ foreignKeys: brokenKeys === null ? 'on' : 'off', ...(signal && { signal }) });

/** Guards first, then all statements of the plan. The history entry allows a second run to be recognized. */
export function* migrationRun(
  plan: MigrationPlan,
  current: CurrentSchema,
  {
    deploymentId,
    brokenKeys,
    earlierRetained,
    readsImages,
    allow = [],
    retentionDays = RETENTION_DAYS.default,
    first = [],
  }: RunOptions,
): Steps<MigrationRun> {
  const now = new Date().toISOString();
  const until = new Date(Date.parse(now) + retentionDays * DAY_MS).toISOString();
  const ddl = statementsToRun(plan, allow);
  const image = readsImages ? [SCHEMA_IMAGE] : [];
  const before: SqlStatement[] = [
    ...(brokenKeys === null ? [] : [foreignKeysAreOff()]),
    schemaVersionIs(current.schemaVersion),
    ...CREATE_SYSTEM_TABLES.map((sql) => ({ sql })),
    latestDeploymentIs(current.deploymentId),
    ...image,
    ...(yield* historyRows(plan, deploymentId, now)),
    ...earlierRetained,
    ...first,
  ];
  const guard = brokenKeys === null ? [] : [brokenForeignKeysAreAtMost(brokenKeys)];
  const after = [
    ...(yield* metadataRows(plan.diff, now)),
    ...(yield* retainedRows(plan, { deploymentId, now, until })),
    ...guard,
    ...image,
  ];
  return {
    statements: [...before, ...ddl.map(({ sql, args }) => ({ sql, args })), ...after],
    ddl,
    ddlOffset: before.length,
  };
}
