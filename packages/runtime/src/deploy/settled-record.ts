import type { IDataDriver, StoredDeployment } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { DeploymentEntry, DeploymentRecord, DeployResult } from '@objectstack/spec/system';
import type { DeployContext } from './deploy-context.js';
import { interruptedBefore } from './deployment-lease.js';
import { deploymentMissing } from './reported-deployment.js';
import { seedsSoFar } from './seeds-so-far.js';

interface Found {
  readonly record: StoredDeployment;
  /** Entry of the deployment in the tenant's history; absent if there is none. */
  readonly entry: DeploymentEntry | undefined;
  /** Absent if the tenant was destroyed. */
  readonly driver: IDataDriver | undefined;
}

type Facts = Pick<DeployResult, 'outcome' | 'seeds'>;

const hasEnded = ({ status }: DeploymentRecord) => status === 'ready' || status === 'failed';

function ended(
  { clock }: DeployContext,
  record: StoredDeployment,
  facts: Facts,
  error?: ObjectStackError,
): StoredDeployment {
  const { id: deploymentId, tenantId, planHash, bundleChecksum, rollbackOf } = record;
  const base = {
    ...facts,
    deploymentId,
    tenantId,
    planHash,
    bundleChecksum,
    ...(rollbackOf !== undefined && { rollbackOf }),
    statementsExecuted: 0,
    steps: [],
    durationMs: 0,
    completedAt: clock.now().toISOString(),
  };
  return error
    ? { ...record, status: 'failed', result: { ...base, status: 'failed', error: error.toProblemDetails() } }
    : { ...record, status: 'ready', result: { ...base, status: 'ready' } };
}

/** A process that was presumed dead may have completed the deployment. */
const wasInterrupted = ({ result }: DeploymentRecord) =>
  result?.status === 'failed' && result.error.code === 'deployment_interrupted';

const interrupted = (message: string, { id }: DeploymentRecord) =>
  new ObjectStackError({ code: 'deployment_interrupted', message, details: { deploymentId: id } });

/** Why the history lacks a deployment whose process died. The status `registering` follows the entry in the history. */
function whyAbsent(record: DeploymentRecord, driver: IDataDriver | undefined): ObjectStackError {
  if (!driver) return interrupted('The tenant was destroyed before the deployment ended.', record);
  if (record.status === 'registering') return deploymentMissing(record.id);
  return interrupted('The deployment was interrupted before any change. Execute it again.', record);
}

/**
 * The final record of a deployment that has no final record in the registry, or whose record contradicts the history.
 */
async function outcomeOf(
  context: DeployContext,
  { record, entry, driver }: Found,
): Promise<StoredDeployment | null> {
  const isOverdue = !hasEnded(record) && record.updatedAt < interruptedBefore(context);
  if (!entry || !driver) {
    if (!isOverdue) return null;
    const error = whyAbsent(record, driver);
    return ended(context, record, { outcome: 'not_applied', seeds: [] }, error);
  }
  const isContradicted = record.status === 'failed' && record.result?.outcome === 'not_applied';
  if (entry.rollbackOf !== undefined && record.rollbackOf === entry.rollbackOf)
    return hasEnded(record) && !isContradicted
      ? null
      : ended(context, record, { outcome: 'already_applied', seeds: [] });
  if (!isOverdue && !isContradicted && !wasInterrupted(record)) return null;
  const { seeds, isComplete } = await seedsSoFar(context, driver, record);
  const facts: Facts = { outcome: 'already_applied', seeds };
  if (isComplete) return ended(context, record, facts);
  if (!isOverdue && !isContradicted) return null;
  const message =
    'The deployment took effect but was interrupted before all seed data was written. Execute it again to write the rest.';
  return ended(context, record, facts, interrupted(message, record));
}

/** The correct record of a deployment; `null` if the stored one is correct, or its process may still run. */
export async function settledRecord(context: DeployContext, found: Found): Promise<StoredDeployment | null> {
  const outcome = await outcomeOf(context, found);
  const { rolledBackBy } = found.entry ?? {};
  if (rolledBackBy === undefined || found.record.supersededBy === rolledBackBy) return outcome;
  return { ...(outcome ?? found.record), supersededBy: rolledBackBy };
}
