import type { IDataDriver, SqlResult } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { DeploymentEntry } from '@objectstack/spec/system';
import { deploymentStackOf } from './deployment-stack.js';

/** A database that has objects but no history lost it: reading it fails then. */
const HAS_HISTORY = `SELECT 1 FROM sqlite_schema
  WHERE type = 'table' AND name IN ('_os_deployment', '_os_object', '_os_component')`;
const HISTORY = `SELECT id, plan_hash, owner, bundle_checksum, bundle_version, rollback_of, created_at,
  undo IS NOT NULL AND json_type(undo, '$.expired') IS NULL AS is_retained
  FROM _os_deployment ORDER BY sequence`;

const optional = <K extends string>(key: K, value: unknown) =>
  (typeof value === 'string' ? { [key]: value } : {}) as { [P in K]?: string };

type Row = SqlResult['rows'][number];
type Stored = Omit<DeploymentEntry, 'isInEffect' | 'rolledBackBy'>;

const toStored = (row: Row): Stored => ({
  id: String(row.id),
  planHash: String(row.plan_hash),
  owner: String(row.owner),
  ...optional('bundleChecksum', row.bundle_checksum),
  ...optional('bundleVersion', row.bundle_version),
  ...optional('rollbackOf', row.rollback_of),
  isRetained: Number(row.is_retained) === 1,
  appliedAt: String(row.created_at),
});

const lacksTable = (error: unknown) =>
  ObjectStackError.isInstance(error) &&
  String(error.details.reason).includes('no such table: _os_deployment');

/** One statement, unless nothing was ever deployed. */
async function readRows(driver: IDataDriver): Promise<readonly Row[]> {
  try {
    return (await driver.execute(HISTORY)).rows;
  } catch (error) {
    if (!lacksTable(error) || (await driver.execute(HAS_HISTORY)).rows.length > 0) throw error;
    return [];
  }
}

/** See {@link ISchemaDiffService.readHistory}. */
export async function readHistory(driver: IDataDriver): Promise<DeploymentEntry[]> {
  const stored = (await readRows(driver)).map(toStored);
  const inEffect = new Set(deploymentStackOf(stored).inEffect.map(({ id }) => id));
  const rolledBackBy = new Map(
    stored.flatMap(({ id, rollbackOf }) => (rollbackOf === undefined ? [] : [[rollbackOf, id] as const])),
  );
  return stored.map((entry) => ({
    ...entry,
    ...optional('rolledBackBy', rolledBackBy.get(entry.id)),
    isInEffect: inEffect.has(entry.id),
  }));
}
