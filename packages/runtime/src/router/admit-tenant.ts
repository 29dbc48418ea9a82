import type { TenantRecord } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { SealedConnectionConfig } from '@objectstack/spec/system';
import { tenantNotFound } from '../shared/find-tenant.js';

/**
 * The connection of an active tenant, and of a suspended one if its reads are permitted. Throws the reason for any other
 * status.
 */
export function admitTenant(
  { tenant }: Pick<TenantRecord, 'tenant'>,
  readsWhileSuspended: boolean,
): SealedConnectionConfig {
  const { provisioningStatus: status, connectionConfig } = tenant;
  if (status === 'destroying') throw tenantNotFound();
  const isReadable = status === 'suspended' && readsWhileSuspended;
  if (status === 'suspended' && !isReadable) {
    throw new ObjectStackError({
      code: 'tenant_suspended',
      message: 'The tenant is suspended. Resume it to allow access.',
    });
  }
  if ((status === 'active' || isReadable) && connectionConfig) return connectionConfig;
  throw new ObjectStackError({
    code: 'tenant_not_ready',
    message: `The tenant is ${status}. Wait for its provisioning, or repeat the request with the same request key.`,
    details: { status },
  });
}
