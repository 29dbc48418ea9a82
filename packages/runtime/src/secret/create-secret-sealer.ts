import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { ISecretSealer, SecretPlace } from '@objectstack/spec/contracts';
import { ObjectStackError, type SealedSecret, SealedSecretSchema } from '@objectstack/spec/shared';
import { readSecretKeys, type SecretKey } from './secret-key.js';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG = { authTagLength: 16 };

export interface SecretSealerOptions {
  /** The first key seals; every key opens. */
  readonly keys: readonly [SecretKey, ...SecretKey[]];
}

/**
 * Additional authenticated data: a sealed secret cannot be opened for another tenant, in another field or under another
 * key.
 */
function boundTo({ tenantId, field }: SecretPlace, keyId: string): Buffer {
  if (tenantId === '' || field === '') {
    throw new ObjectStackError({
      code: 'invalid_request',
      message: 'The place of a secret lacks its tenant or field. Pass both.',
    });
  }
  return Buffer.from(JSON.stringify(['objectstack-secret-1', tenantId, field, keyId]));
}

function cannotOpen(reason: 'malformed' | 'unknown_key' | 'not_authentic'): ObjectStackError {
  return new ObjectStackError({
    code: 'secret_invalid',
    message:
      'The sealed secret cannot be opened. Check that its key is configured and that it is stored for this tenant and field.',
    details: { reason },
  });
}

function seal(secret: string, place: SecretPlace, { id, key }: SecretKey): SealedSecret {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce, TAG).setAAD(boundTo(place, id));
  const ciphertext = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return {
    algorithm: ALGORITHM,
    keyId: id,
    nonce: nonce.toString('base64'),
    ciphertext: ciphertext.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
  };
}

function open(sealed: SealedSecret, place: SecretPlace, { id, key }: SecretKey): string {
  const decipher = createDecipheriv(ALGORITHM, key, Buffer.from(sealed.nonce, 'base64'), TAG);
  decipher.setAAD(boundTo(place, id)).setAuthTag(Buffer.from(sealed.tag, 'base64'));
  try {
    const bytes = [decipher.update(Buffer.from(sealed.ciphertext, 'base64')), decipher.final()];
    return Buffer.concat(bytes).toString('utf8');
  } catch {
    throw cannotOpen('not_authentic');
  }
}

/** Seals with AES-256-GCM under keys that the caller stores. Throws `configuration_invalid`. */
export function createSecretSealer(options: SecretSealerOptions): ISecretSealer {
  const keys = readSecretKeys(options);
  const [current] = keys;
  return {
    async seal(secret, place) {
      if (secret === '')
        throw new ObjectStackError({
          code: 'invalid_request',
          message: 'The secret is empty. Pass the secret to seal.',
        });
      return seal(secret, place, current);
    },
    async open(candidate, place) {
      const parsed = SealedSecretSchema.safeParse(candidate);
      if (!parsed.success) throw cannotOpen('malformed');
      const key = keys.find(({ id }) => id === parsed.data.keyId);
      if (!key) throw cannotOpen('unknown_key');
      return open(parsed.data, place, key);
    },
  };
}
