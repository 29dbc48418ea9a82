import type { EndedStep, StepChange, StepEnd } from '@objectstack/spec/contracts';
import {
  type ProvisioningStep,
  type ProvisioningStepName,
  ProvisioningStepNameEnum,
} from '@objectstack/spec/system';
import { type Kysely, sql } from 'kysely';
import { CompiledQueries } from './compiled-queries.js';
import { isPostgres } from './is-postgres.js';
import { REGISTRY_COLUMNS } from './registry-columns.js';
import type { RegistryTables, StepRow } from './registry-tables.js';
import { toProvisioningStep } from './to-provisioning-step.js';

type Database = Kysely<RegistryTables>;

async function isBeingProvisioned(db: Database, tenantId: string, lease?: number): Promise<boolean> {
  const row = await db
    .selectFrom('_os_control_tenant')
    .select(['status', 'lease_token'])
    .where('id', '=', tenantId)
    .executeTakeFirst();
  return row?.status === 'provisioning' && (lease === undefined || Number(row.lease_token) === lease);
}

/** In PostgreSQL, the status of the tenant could change between its check and the write of the step. */
const heldStatus = <Query extends { forShare(): Query }>(db: Database, query: Query): Query =>
  isPostgres(db) ? query.forShare() : query;

/** The code of an earlier failure is kept until the step completes: it shows whether the tenant owns the database. */
export async function beginStep(
  db: Database,
  tenantId: string,
  { name, at, lease }: { name: ProvisioningStepName; at: string; lease?: number | undefined },
): Promise<boolean> {
  const args = { tenantId, name, at, lease };
  const written = await new CompiledQueries(db).run('begin step', args, (one, given) =>
    one
      .insertInto('_os_control_step')
      .columns(['tenant_id', 'name', 'status', 'attempt', 'started_at'])
      .expression((eb) =>
        eb
          .selectFrom('_os_control_tenant')
          .select(() => [
            'id' as const,
            eb.val(given.name).as('name'),
            eb.val<StepRow['status']>('running').as('status'),
            eb.val(1).as('attempt'),
            eb.val(given.at).as('started_at'),
          ])
          .where('id', '=', given.tenantId)
          .where('status', '=', 'provisioning')
          .$if(given.lease !== undefined, (query) => query.where('lease_token', '=', given.lease ?? 0))
          .$call((query) => heldStatus(one, query)),
      )
      .onConflict((conflict) =>
        conflict
          .columns(['tenant_id', 'name'])
          .doUpdateSet((eb) => ({
            status: 'running',
            attempt: eb('_os_control_step.attempt', '+', 1),
            started_at: given.at,
            completed_at: null,
          }))
          .where('_os_control_step.status', '<>', 'completed'),
      )
      .returning('name'),
  );
  return written.length > 0;
}

/** That the database belongs to another tenant is not forgotten because a later attempt failed otherwise. */
const unlessCollision = <Column extends 'error_code' | 'retryable'>(column: Column, value: StepRow[Column]) =>
  sql<StepRow[Column]>`case when error_code = 'database_collision' then ${sql.ref(column)} else ${value} end`;

/** What is stored of the end of an attempt. */
type Ending = Pick<StepRow, 'completed_at' | 'error_code' | 'retryable' | 'external_ref'>;

const endingOf = (end: StepEnd): Ending =>
  end.status === 'completed'
    ? { completed_at: end.at, error_code: null, retryable: null, external_ref: end.externalRef ?? null }
    : {
        completed_at: end.at,
        error_code: end.errorCode,
        retryable: end.retryable ? 1 : 0,
        external_ref: null,
      };

function stepUpdate(
  db: Database,
  { tenantId, name }: { tenantId: string; name: ProvisioningStepName },
  { status, ending }: { status: StepEnd['status']; ending: Ending },
) {
  const { completed_at, error_code, retryable } = ending;
  return db
    .updateTable('_os_control_step')
    .set(
      status === 'completed'
        ? { status, ...ending }
        : {
            status,
            completed_at,
            error_code: unlessCollision('error_code', error_code),
            retryable: unlessCollision('retryable', retryable),
          },
    )
    .where('tenant_id', '=', tenantId)
    .where('name', '=', name)
    .where('status', '<>', 'completed');
}

/** The row of an attempt whose start is recorded with its end. */
function attemptRow(tenantId: string, { name, startedAt, outcome }: EndedStep): StepRow {
  const isCompleted = outcome.status === 'completed';
  return {
    tenant_id: tenantId,
    name,
    status: outcome.status,
    attempt: 1,
    started_at: startedAt ?? outcome.at,
    completed_at: outcome.at,
    error_code: isCompleted ? null : outcome.errorCode,
    retryable: isCompleted ? null : outcome.retryable ? 1 : 0,
    external_ref: (isCompleted && outcome.externalRef) || null,
  };
}

const stored = (column: keyof StepRow) => sql.ref(`_os_control_step.${column}`);
const excluded = (column: keyof StepRow) => sql.ref(`excluded.${column}`);

/** The written value, unless the attempt failed after one that found the database of another tenant. */
const excludedUnlessCollision = <Value>(column: 'error_code' | 'retryable') =>
  sql<Value>`case when ${stored('error_code')} = 'database_collision' and ${excluded('status')} = 'failed' then ${stored(column)} else ${excluded(column)} end`;

const EXTERNAL_REF = sql<
  string | null
>`case when ${excluded('status')} = 'failed' then ${stored('external_ref')} else ${excluded('external_ref')} end`;

async function addAttempts(db: Database, tenantId: string, steps: readonly EndedStep[]): Promise<void> {
  const rows = steps.map((step) => attemptRow(tenantId, step));
  await new CompiledQueries(db).run('add attempts', rows, (one, values) =>
    one
      .insertInto('_os_control_step')
      .values(values)
      .onConflict((conflict) =>
        conflict
          .columns(['tenant_id', 'name'])
          .doUpdateSet((eb) => ({
            status: eb.ref('excluded.status'),
            attempt: eb('_os_control_step.attempt', '+', 1),
            started_at: eb.ref('excluded.started_at'),
            completed_at: eb.ref('excluded.completed_at'),
            error_code: excludedUnlessCollision<StepRow['error_code']>('error_code'),
            retryable: excludedUnlessCollision<StepRow['retryable']>('retryable'),
            external_ref: EXTERNAL_REF,
          }))
          .where('_os_control_step.status', '<>', 'completed'),
      ),
  );
}

async function endStep(
  db: Database,
  step: { tenantId: string; name: ProvisioningStepName; outcome: StepEnd },
): Promise<void> {
  const { tenantId, name, outcome } = step;
  const { status } = outcome;
  const args = { tenantId, name, ending: endingOf(outcome) };
  await new CompiledQueries(db).run(`end step as ${status}`, args, (one, { ending, ...given }) =>
    stepUpdate(one, given, { status, ending }),
  );
}

/** Ends steps of distinct names whatever the status of the tenant; for the transaction that changes it. */
export async function endSteps(db: Database, tenantId: string, steps: readonly EndedStep[]): Promise<void> {
  const started = steps.filter(({ startedAt }) => startedAt !== undefined);
  if (started.length > 0) await addAttempts(db, tenantId, started);
  for (const { name, startedAt, outcome } of steps)
    if (startedAt === undefined) await endStep(db, { tenantId, name, outcome });
}

async function endStepWhileProvisioning(
  db: Database,
  tenantId: string,
  step: { name: ProvisioningStepName; outcome: StepEnd; lease?: number | undefined },
): Promise<boolean> {
  const { lease, name, outcome } = step;
  const ended = { status: outcome.status, ending: endingOf(outcome) };
  const { numUpdatedRows } = await stepUpdate(db, { tenantId, name }, ended)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('_os_control_tenant')
          .select('_os_control_tenant.id')
          .where('_os_control_tenant.id', '=', tenantId)
          .where('_os_control_tenant.status', '=', 'provisioning')
          .$if(lease !== undefined, (query) => query.where('_os_control_tenant.lease_token', '=', lease ?? 0))
          .$call((query) => heldStatus(db, query)),
      ),
    )
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function recordStep(
  db: Database,
  tenantId: string,
  step: { name: ProvisioningStepName; change: StepChange },
): Promise<boolean> {
  const { name, change } = step;
  const { lease, at, also, next } = change;
  const isChanged =
    change.status === 'running'
      ? await beginStep(db, tenantId, { name, at, lease })
      : await endStepWhileProvisioning(db, tenantId, { name, outcome: change, lease });
  const isWritten = isChanged || (await isBeingProvisioned(db, tenantId, lease));
  if (isWritten && also) await endSteps(db, tenantId, also);
  if (isWritten && next) await beginStep(db, tenantId, { name: next, at, lease });
  return isWritten;
}

export async function listSteps(db: Database, tenantId: string): Promise<ProvisioningStep[]> {
  const rows = await new CompiledQueries(db).run('steps', tenantId, (one, id) =>
    one.selectFrom('_os_control_step').select(REGISTRY_COLUMNS._os_control_step).where('tenant_id', '=', id),
  );
  const order = ProvisioningStepNameEnum.options;
  return rows
    .map((row) => toProvisioningStep(row as StepRow))
    .sort((one, other) => order.indexOf(one.name) - order.indexOf(other.name));
}
