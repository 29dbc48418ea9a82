import { v5 as uuidv5 } from 'uuid';

const NAMESPACE = 'c1f6a3f4-2d0b-4c57-9a3c-6d3d2f0b7e51';

/**
 * Deterministic id of the deployment that a plan creates on a given base. A retry from any process has the same id.
 */
export function deploymentIdOf(tenantId: string, baseDeploymentId: string | null, planHash: string): string {
  return uuidv5([tenantId, baseDeploymentId ?? '', planHash].join('/'), NAMESPACE);
}
