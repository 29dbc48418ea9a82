import type { IDataDriver } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { DeploymentEntry, DeploymentRecord, DeployResult } from '@objectstack/spec/system';
import type { DeployContext } from './deploy-context.js';
import { seedsSoFar } from './seeds-so-far.js';

interface FoundEntry {
  readonly tenantId: string;
  readonly driver: IDataDriver;
  readonly entry: DeploymentEntry;
  /** Whether this is the latest deployment. */
  readonly isLatest: boolean;
}

type FoundRecord = Omit<DeploymentRecord, 'status' | 'result' | 'updatedAt'>;

/**
 * A rollback writes no seeds. The seeds of an earlier deployment, or of a bundle that is no longer stored, are unknown:
 * later deployments discard the progress of earlier seeds.
 */
async function seedsOf(context: DeployContext, { driver, isLatest }: FoundEntry, record: FoundRecord) {
  if (!isLatest || record.rollbackOf !== undefined) return { seeds: [], isInterrupted: false };
  const { seeds, isComplete, isBundleStored } = await seedsSoFar(context, driver, record);
  return { seeds, isInterrupted: isBundleStored && !isComplete };
}

function toFoundRecord({ tenantId, entry }: FoundEntry): FoundRecord | null {
  const { id, planHash, bundleChecksum, bundleVersion, appliedAt, rollbackOf, rolledBackBy } = entry;
  if (bundleChecksum === undefined || bundleVersion === undefined) return null;
  return {
    id,
    tenantId,
    planHash,
    bundleChecksum,
    bundleVersion,
    startedAt: appliedAt,
    ...(rollbackOf !== undefined && { rollbackOf }),
    ...(rolledBackBy !== undefined && { supersededBy: rolledBackBy }),
  };
}

/**
 * The record of a deployment that only the tenant's history contains, for example after the registry was lost or
 * restored from an older backup; `null` for a schema change without a bundle.
 */
export async function recordFromHistory(
  context: DeployContext,
  found: FoundEntry,
): Promise<DeploymentRecord | null> {
  const record = toFoundRecord(found);
  if (!record) return null;
  const { id: deploymentId, tenantId, planHash, bundleChecksum, rollbackOf, startedAt } = record;
  const { seeds, isInterrupted } = await seedsOf(context, found, record);
  const base: Omit<DeployResult, 'status' | 'error'> = {
    deploymentId,
    tenantId,
    planHash,
    bundleChecksum,
    ...(rollbackOf !== undefined && { rollbackOf }),
    outcome: 'already_applied',
    statementsExecuted: 0,
    seeds,
    steps: [],
    durationMs: 0,
    completedAt: startedAt,
  };
  const updatedAt = context.clock.now().toISOString();
  if (!isInterrupted) return { ...record, updatedAt, status: 'ready', result: { ...base, status: 'ready' } };
  const error = new ObjectStackError({
    code: 'deployment_interrupted',
    message:
      'The deployment took effect, but not all of its seed data is written. Execute it again to write the rest.',
    details: { deploymentId },
  }).toProblemDetails();
  return { ...record, updatedAt, status: 'failed', result: { ...base, status: 'failed', error } };
}
