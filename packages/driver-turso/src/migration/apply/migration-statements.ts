import type {
  ApplyMigrationsOptions,
  AtomicOptions,
  IDataDriver,
  SqlStatement,
} from '@objectstack/spec/contracts';
import { ObjectStackError, RETENTION_DAYS } from '@objectstack/spec/shared';
import type { CurrentSchema, MigrationPlan, MigrationStatement } from '@objectstack/spec/system';
import { CREATE_SYSTEM_TABLES } from '../../schema/create-system-tables.js';
import {
  BROKEN_FOREIGN_KEYS,
  brokenForeignKeysAreAtMost,
  foreignKeysAreOff,
  latestDeploymentIs,
  schemaVersionIs,
} from '../plan/draft/guards.js';
import { historyRows, keptRows, metadataRows } from './metadata-rows.js';
import { statementsToRun } from './statements-to-run.js';

const DAY_MS = 86_400_000;

interface RunOptions extends Pick<ApplyMigrationsOptions, 'allow' | 'retentionDays' | 'first'> {
  readonly deploymentId: string;
  /** What makes way for what is kept aside. */
  readonly way: readonly SqlStatement[];
  /** Records that refer to nothing already; null where foreign keys stay on. */
  readonly brokenKeys: number | null;
}

/** What goes to the database at once, and where the statements of the plan are in it. */
export interface MigrationRun {
  readonly statements: readonly SqlStatement[];
  readonly ddl: readonly MigrationStatement[];
  readonly ddlOffset: number;
}

/** Throws `invalid_request` for a time that what is taken away cannot be kept for. */
export function assertKeepable({ retentionDays = RETENTION_DAYS.default }: ApplyMigrationsOptions): void {
  if (retentionDays >= 0 && retentionDays <= RETENTION_DAYS.most) return;
  throw new ObjectStackError({
    code: 'invalid_request',
    message: `Removed data can be retained for at most ${RETENTION_DAYS.most} days.`,
    details: { retentionDays },
  });
}

const drops = (plan: MigrationPlan) =>
  plan.statements.some(({ kind }) => kind === 'rebuild_table' || kind === 'drop_table');

/** Records that refer to nothing; null where no table is dropped, so that nothing can be taken along that refers to it. */
export async function countBrokenKeys(driver: IDataDriver, plan: MigrationPlan): Promise<number | null> {
  if (!drops(plan)) return null;
  const [result] = await driver.executeAtomic([{ sql: BROKEN_FOREIGN_KEYS }], { mode: 'read' });
  return Number(result?.rows[0]?.broken);
}

/** How the statements are to run: while a table is dropped, nothing may happen to what refers to it. */
export const atomicOptionsOf = (
  brokenKeys: number | null,
  { signal }: Pick<AtomicOptions, 'signal'>,
): AtomicOptions => ({ foreignKeys: brokenKeys === null ? 'on' : 'off', ...(signal && { signal }) });

/** Guards first, then everything that the plan does; the history row makes a second run recognizable. */
export function migrationRun(
  plan: MigrationPlan,
  current: CurrentSchema,
  {
    deploymentId,
    brokenKeys,
    way,
    allow = [],
    retentionDays = RETENTION_DAYS.default,
    first = [],
  }: RunOptions,
): MigrationRun {
  const now = new Date().toISOString();
  const until = new Date(Date.parse(now) + retentionDays * DAY_MS).toISOString();
  const ddl = statementsToRun(plan, allow);
  const before: SqlStatement[] = [
    ...(brokenKeys === null ? [] : [foreignKeysAreOff()]),
    schemaVersionIs(current.schemaVersion),
    ...CREATE_SYSTEM_TABLES.map((sql) => ({ sql })),
    latestDeploymentIs(current.deploymentId),
    ...historyRows(plan, deploymentId, now),
    ...way,
    ...first,
  ];
  const guard = brokenKeys === null ? [] : [brokenForeignKeysAreAtMost(brokenKeys)];
  const after = [...metadataRows(plan.diff, now), ...keptRows(plan, { deploymentId, now, until }), ...guard];
  return {
    statements: [...before, ...ddl.map(({ sql, args }) => ({ sql, args })), ...after],
    ddl,
    ddlOffset: before.length,
  };
}
