import type { IDataDriver, StoredDeployment } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { DeploymentEntry, DeploymentRecord, DeployResult } from '@objectstack/spec/system';
import type { DeployContext } from './deploy-context.js';
import { interruptedBefore } from './deployment-lease.js';
import { deploymentMissing } from './reported-deployment.js';
import { seedsSoFar } from './seeds-so-far.js';

interface Found {
  readonly record: StoredDeployment;
  /** The deployment in the history of the tenant; absent where it is not there. */
  readonly entry: DeploymentEntry | undefined;
  /** Absent where the tenant is gone. */
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

/** A process that was taken for dead may have gone on and written the rest. */
const wasInterrupted = ({ result }: DeploymentRecord) =>
  result?.status === 'failed' && result.error.code === 'deployment_interrupted';

const interrupted = (message: string, { id }: DeploymentRecord) =>
  new ObjectStackError({ code: 'deployment_interrupted', message, details: { deploymentId: id } });

/** Why the history does not have a deployment whose process died. `registering` comes after it was written there. */
function whyAbsent(record: DeploymentRecord, driver: IDataDriver | undefined): ObjectStackError {
  if (!driver) return interrupted('The tenant was destroyed before the deployment ended.', record);
  if (record.status === 'registering') return deploymentMissing(record.id);
  return interrupted('The deployment was interrupted before anything changed.', record);
}

/** What became of a deployment that the registry knows nothing final of, or something that the history contradicts. */
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
  const message = 'The deployment took effect and was interrupted before all seeds were written.';
  return ended(context, record, facts, interrupted(message, record));
}

/** The record as it should be; null where it is right, or where its process may still be at work. */
export async function settledRecord(context: DeployContext, found: Found): Promise<StoredDeployment | null> {
  const outcome = await outcomeOf(context, found);
  const { rolledBackBy } = found.entry ?? {};
  if (rolledBackBy === undefined || found.record.supersededBy === rolledBackBy) return outcome;
  return { ...(outcome ?? found.record), supersededBy: rolledBackBy };
}
