import type { TenantRecord } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { SealedConnectionConfig } from '@objectstack/spec/system';
import { tenantNotFound } from '../shared/find-tenant.js';

/** The connection of an active tenant. Throws the reason for any other status. */
export function admitTenant({ tenant }: Pick<TenantRecord, 'tenant'>): SealedConnectionConfig {
  const { provisioningStatus: status, connectionConfig } = tenant;
  if (status === 'destroying') throw tenantNotFound();
  if (status === 'suspended') {
    throw new ObjectStackError({
      code: 'tenant_suspended',
      message: 'The tenant is suspended. Resume it to allow access.',
    });
  }
  if (status === 'active' && connectionConfig) return connectionConfig;
  throw new ObjectStackError({
    code: 'tenant_not_ready',
    message: `The tenant is ${status}. Wait for its provisioning, or repeat the request with the same request key.`,
    details: { status },
  });
}
