import type { SealedSecret } from '../shared/sealed-secret.zod.js';

/**
 * Tenant and property to which a secret belongs. A secret that was encrypted for one tenant and property cannot be
 * decrypted for another.
 */
export interface SecretPlace {
  /** Unique identifier of the tenant. */
  tenantId: string;
  /** Path of the property that contains the secret, with dots, for example connectionConfig.authToken. */
  field: string;
}

/**
 * Encrypts (seals) secrets for storage and decrypts (opens) them. Both methods reject with `invalid_request` if the tenant
 * id or the property is empty; no message, detail or cause contains the secret or a key.
 */
export interface ISecretSealer {
  /**
   * Encrypts the secret with the current key. Encrypting the same secret twice never yields the same bytes. Rejects
   * with `invalid_request` also if the secret is empty.
   */
  seal(secret: string, place: SecretPlace): Promise<SealedSecret>;
  /**
   * Decrypts the secret. Rejects with `secret_invalid` if the key is unknown, or if the encrypted secret was modified,
   * truncated, encrypted for another tenant or property, or has another format.
   */
  open(sealed: SealedSecret, place: SecretPlace): Promise<string>;
}
