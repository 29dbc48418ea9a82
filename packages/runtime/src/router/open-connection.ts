import { ObjectStackError } from '@objectstack/spec/shared';
import type { SealedConnectionConfig, TenantConnectionConfig } from '@objectstack/spec/system';

/** The connection to the database of this tenant. Sealed tokens are not supported yet: local files have none. */
export function openConnection(
  { authToken, ...place }: SealedConnectionConfig,
  tenantId: string,
): TenantConnectionConfig {
  if (authToken === undefined) return { ...place, tenantId };
  throw new ObjectStackError({
    code: 'configuration_incomplete',
    message:
      'The tenant has an encrypted token, which this runtime cannot decrypt. Remove the token from the connection of the tenant.',
    details: { missing: ['sealer'] },
  });
}
