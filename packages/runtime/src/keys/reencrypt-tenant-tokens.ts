import type { ChangeOrigin, ISecretSealer, ITenantRegistry, TenantRecord } from '@objectstack/spec/contracts';
import { throwIfAborted } from '@objectstack/spec/shared';
import { type KeyRotation, TenantProvisioningStatusEnum } from '@objectstack/spec/system';
import { tokenPlace } from '../secret/token-place.js';

export interface TokenRotationContext {
  readonly registry: ITenantRegistry;
  readonly sealer: ISecretSealer;
}

/** Identifier of the key with which the sealer encrypts. */
async function currentKeyId({ sealer }: TokenRotationContext): Promise<string> {
  return (await sealer.seal('none', tokenPlace('key-rotation'))).keyId;
}

/** Returns false if another process has just changed the token. */
async function reseal(
  { registry, sealer }: TokenRotationContext,
  { tenant }: TenantRecord,
  by: ChangeOrigin,
): Promise<boolean> {
  const { id, connectionConfig } = tenant;
  if (!connectionConfig?.authToken) return true;
  const place = tokenPlace(id);
  const authToken = await sealer.seal(await sealer.open(connectionConfig.authToken, place), place);
  const change = {
    connectionConfig: { ...connectionConfig, authToken },
    ifTokenNonce: connectionConfig.authToken.nonce,
  };
  return (await registry.updateTenant(id, TenantProvisioningStatusEnum.options, change, by)).changed;
}

/** Encrypts the tokens in the registry with the current key. An interrupted rotation is resumed by another one. */
export async function reencryptTenantTokens(
  context: TokenRotationContext,
  by: ChangeOrigin,
  signal?: AbortSignal,
): Promise<KeyRotation> {
  const keyId = await currentKeyId(context);
  const outdated = (await context.registry.listAllTenants()).filter(({ tenant, destroyedAt }) => {
    const token = tenant.connectionConfig?.authToken;
    return destroyedAt === null && token !== undefined && token.keyId !== keyId;
  });
  let resealed = 0;
  let failure: unknown;
  for (const record of outdated) {
    throwIfAborted(signal);
    try {
      if (await reseal(context, record, by)) resealed++;
    } catch (error) {
      failure ??= error;
    }
  }
  if (failure !== undefined) throw failure;
  return { keyId, resealed, remaining: outdated.length - resealed };
}
