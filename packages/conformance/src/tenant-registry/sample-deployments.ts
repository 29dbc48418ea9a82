import type { DeploymentRecord, DeployResult, DeployStatus } from '@objectstack/spec/system';
import { T0, T2 } from './sample-tenants.js';

const HASHES = { planHash: 'b'.repeat(64), bundleChecksum: 'c'.repeat(64) };

const ERROR = {
  type: 'urn:objectstack:error:internal',
  title: 'Internal error.',
  status: 500,
  detail: 'It failed.',
  code: 'internal',
  retryable: false,
} as const;

function resultOf(id: string, status: DeployStatus): DeployResult {
  return {
    deploymentId: id,
    tenantId: 'tenant',
    ...HASHES,
    outcome: 'applied',
    status,
    ...(status === 'failed' && { error: ERROR }),
    statementsExecuted: 3,
    seeds: [],
    steps: [{ status, startedAt: T0, durationMs: 0.5 }],
    durationMs: 1_500.5,
    completedAt: T2,
  } as DeployResult;
}

/** A deployment of the tenant `tenant`, with a result if it has ended. */
export function deploymentRecord(id: string, changes: Partial<DeploymentRecord> = {}): DeploymentRecord {
  const status = changes.status ?? 'migrating';
  return {
    id,
    tenantId: 'tenant',
    ...HASHES,
    bundleVersion: '1.0.0',
    status,
    startedAt: T0,
    updatedAt: T0,
    ...(['ready', 'failed'].includes(status) && { result: resultOf(id, status) }),
    ...changes,
  };
}
