import type {
  ChangeOrigin,
  DeploymentGuard,
  ITenantRegistry,
  StoredDeployment,
} from '@objectstack/spec/contracts';
import type { DeploymentRecord, DeployStatus } from '@objectstack/spec/system';
import { type Kysely, sql } from 'kysely';
import { addAuditEntries } from './audit-table.js';
import { CompiledQueries } from './compiled-queries.js';
import { deploymentStatusesBefore } from './deployment-status-transitions.js';
import { getDeployment } from './deployment-table.js';
import { exceededDailyLimits } from './exceeded-daily-limits.js';
import { lockedRow } from './is-postgres.js';
import { REGISTRY_COLUMNS } from './registry-columns.js';
import type { DeploymentRow, RegistryTables } from './registry-tables.js';
import { toDeploymentRow, toStoredDeployment } from './to-stored-deployment.js';

/*
 * Records of several deployments are written by the same statements as one: read and locked, compared with their guards, added or
 * replaced, and audited. Nothing changes a locked record before the transaction ends, so that a guard that held still holds.
 */

type Database = Kysely<RegistryTables>;
type SavedDeployment = Awaited<ReturnType<ITenantRegistry['saveDeployment']>>;

export interface DeploymentSave {
  readonly record: DeploymentRecord;
  readonly guard: DeploymentGuard;
  readonly by?: ChangeOrigin | undefined;
}

const hasEnded = ({ status }: DeploymentRecord) => status === 'ready' || status === 'failed';

const keyOf = ({ tenantId, id }: DeploymentRecord) => `${tenantId}/${id}`;
const keyOfRow = ({ tenant_id, id }: Pick<DeploymentRow, 'tenant_id' | 'id'>) => `${tenant_id}/${id}`;

/** The stored rows by tenant and id; locked, so that nothing changes them before they are written. */
async function lockedRows(
  db: Database,
  saves: readonly DeploymentSave[],
): Promise<Map<string, DeploymentRow>> {
  const query = db.selectFrom('_os_control_deployment').select(REGISTRY_COLUMNS._os_control_deployment);
  const ofRecords = query
    .where('tenant_id', 'in', [...new Set(saves.map(({ record }) => record.tenantId))])
    .where('id', 'in', [...new Set(saves.map(({ record }) => record.id))]);
  const rows = await lockedRow(db, ofRecords).execute();
  return new Map(rows.map((row) => [keyOfRow(row), row]));
}

/** Lease of the record after the write. */
function leaseAfter({ record, guard }: DeploymentSave, row: DeploymentRow | undefined): string | null {
  if ('take' in guard) return guard.take;
  return 'revision' in guard || hasEnded(record) ? null : (row?.lease_id ?? null);
}

/** Whether the guard holds, and the transition is permitted. */
function mayWrite({ record, guard }: DeploymentSave, row: DeploymentRow | undefined): boolean {
  if (!row) return 'take' in guard && guard.revision === null;
  if (!deploymentStatusesBefore(record.status).includes(row.status)) return false;
  return 'lease' in guard ? row.lease_id === guard.lease : Number(row.revision) === guard.revision;
}

/** The row after the write. */
function nextRow(save: DeploymentSave, row: DeploymentRow | undefined): DeploymentRow {
  const { record, guard } = save;
  const { superseded_by, ...columns } = toDeploymentRow(record);
  const isReconciled = !('lease' in guard || 'take' in guard);
  return {
    ...columns,
    superseded_by: isReconciled ? superseded_by : (superseded_by ?? row?.superseded_by ?? null),
    lease_id: leaseAfter(save, row),
    revision: row ? Number(row.revision) + 1 : 1,
  };
}

/** Adds rows unless they exist by now. Returns which were added. */
async function addRows(db: Database, rows: readonly DeploymentRow[]): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  const added = await new CompiledQueries(db).run('add deployments', rows, (one, values) =>
    one
      .insertInto('_os_control_deployment')
      .values(values)
      .onConflict((conflict) => conflict.columns(['tenant_id', 'id']).doNothing())
      .returning(['tenant_id', 'id']),
  );
  return new Set(added.map(keyOfRow));
}

const excluded = (column: keyof DeploymentRow) => sql.ref<never>(`excluded.${column}`);

/** Replaces rows that are locked. */
async function replaceRows(db: Database, rows: readonly DeploymentRow[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const { tenant_id: _, id: __, ...columns } = first;
  const changes = Object.keys(columns).map((name) => [name, excluded(name as keyof DeploymentRow)]);
  await db
    .insertInto('_os_control_deployment')
    .values([...rows])
    .onConflict((conflict) => conflict.columns(['tenant_id', 'id']).doUpdateSet(Object.fromEntries(changes)))
    .execute();
}

/** The record that was written, with what only the row has. */
const stored = (record: DeploymentRecord, { superseded_by, revision }: DeploymentRow): StoredDeployment => ({
  ...record,
  ...(superseded_by !== null && { supersededBy: superseded_by }),
  revision: Number(revision),
});

/** Saves deployments of distinct tenants. */
async function saveTogether(db: Database, saves: readonly DeploymentSave[]): Promise<SavedDeployment[]> {
  const rows = await lockedRows(db, saves);
  const starting = saves.flatMap(({ record: { tenantId, id }, guard }) =>
    'take' in guard && guard.daily ? [{ tenantId, id, daily: guard.daily }] : [],
  );
  const exceeded = await exceededDailyLimits(db, starting);
  const written = saves.flatMap((save) => {
    const row = rows.get(keyOf(save.record));
    return !exceeded.has(save.record.tenantId) && mayWrite(save, row)
      ? [{ save, row, next: nextRow(save, row) }]
      : [];
  });
  const added = await addRows(
    db,
    written.flatMap(({ row, next }) => (row ? [] : [next])),
  );
  await replaceRows(
    db,
    written.flatMap(({ row, next }) => (row ? [next] : [])),
  );
  const changed = new Map(
    written.flatMap(({ row, next }) =>
      row || added.has(keyOfRow(next)) ? [[keyOfRow(next), next] as const] : [],
    ),
  );
  const previous = ({ record }: DeploymentSave): DeployStatus | null =>
    rows.get(keyOf(record))?.status ?? null;
  await addAuditEntries(
    db,
    saves.flatMap((save) => {
      const { record, by } = save;
      const { tenantId, id: deploymentId, status: after } = record;
      const before = previous(save);
      if (!changed.has(keyOf(record)) || before === after) return [];
      return [
        { tenantId, action: 'change_deployment', deploymentId, before: before ?? undefined, after, by },
      ];
    }),
  );
  return Promise.all(
    saves.map(async (save) => {
      const { record } = save;
      const next = changed.get(keyOf(record));
      const row = rows.get(keyOf(record));
      const usage = exceeded.get(record.tenantId);
      const found = row ? toStoredDeployment(row) : null;
      return {
        record: next
          ? stored(record, next)
          : (found ?? (await getDeployment(db, record.tenantId, record.id))),
        changed: next !== undefined,
        previousStatus: previous(save),
        ...(usage !== undefined && { exceeded: usage }),
      };
    }),
  );
}

/** Splits saves so that each part has at most one of each tenant, whose deployments count together. */
function inRounds(saves: readonly DeploymentSave[]): number[][] {
  const rounds: number[][] = [];
  const seen = new Map<string, number>();
  for (const [index, { record }] of saves.entries()) {
    const round = seen.get(record.tenantId) ?? 0;
    seen.set(record.tenantId, round + 1);
    rounds[round] = [...(rounds[round] ?? []), index];
  }
  return rounds;
}

/** See {@link ITenantRegistry.saveDeployment}. Must be called in a transaction. The results have the order of the saves. */
export async function saveDeployments(
  db: Database,
  saves: readonly DeploymentSave[],
): Promise<SavedDeployment[]> {
  const results: SavedDeployment[] = [];
  for (const round of inRounds(saves)) {
    const saved = await saveTogether(
      db,
      round.map((index) => saves[index] as DeploymentSave),
    );
    for (const [at, index] of round.entries()) results[index] = saved[at] as SavedDeployment;
  }
  return results;
}
