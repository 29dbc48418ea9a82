import type { ISecretSealer } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { SealedConnectionConfig, TenantConnectionConfig } from '@objectstack/spec/system';
import { tokenPlace } from '../secret/token-place.js';

/** The connection to the database of this tenant. Rejects with `configuration_incomplete` and `secret_invalid`. */
export async function openConnection(
  { authToken, ...place }: SealedConnectionConfig,
  tenantId: string,
  sealer: ISecretSealer | undefined,
): Promise<TenantConnectionConfig> {
  if (authToken === undefined) return { ...place, tenantId };
  if (sealer) return { ...place, tenantId, authToken: await sealer.open(authToken, tokenPlace(tenantId)) };
  throw new ObjectStackError({
    code: 'configuration_incomplete',
    message: 'The tenant has an encrypted token. Pass the sealer that decrypts it to createRuntime.',
    details: { missing: ['sealer'] },
  });
}
