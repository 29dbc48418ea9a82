import { randomUUID } from 'node:crypto';
import type { ChangeOrigin, ITenantRegistry, StoredDeployment } from '@objectstack/spec/contracts';

interface Copied {
  /** Recorded deployments of the original. */
  readonly deployments: readonly StoredDeployment[];
  readonly to: string;
  /** Ids of the deployments to copy. Absent: all. */
  readonly ids?: ReadonlySet<string>;
}

/** Records the deployments of a database for the tenant whose database is a copy of it. Idempotent. */
export async function copyDeployments(
  { registry }: { readonly registry: ITenantRegistry },
  { deployments, to: tenantId, ids }: Copied,
  by: ChangeOrigin,
): Promise<void> {
  for (const { revision: _, result, ...deployment } of deployments) {
    if (ids && !ids.has(deployment.id)) continue;
    const own = { ...deployment, tenantId, ...(result && { result: { ...result, tenantId } }) };
    await registry.saveDeployment(own, { take: randomUUID(), revision: null }, by);
  }
}
