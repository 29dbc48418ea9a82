import { ObjectStackError } from '@objectstack/spec/shared';
import type { SealedConnectionConfig, TenantConnectionConfig } from '@objectstack/spec/system';

/**
 * The connection as it is used, for the database of this tenant and no other. Nothing here opens a sealed token yet:
 * local files have none.
 */
export function openConnection(
  { authToken, ...place }: SealedConnectionConfig,
  tenantId: string,
): TenantConnectionConfig {
  if (authToken === undefined) return { ...place, tenantId };
  throw new ObjectStackError({
    code: 'configuration_incomplete',
    message: 'The token of the tenant is sealed, and the runtime has nothing to open it with.',
    details: { missing: ['sealer'] },
  });
}
