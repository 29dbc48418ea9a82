import type { SealedSecret } from '../shared/sealed-secret.zod.js';

/** What a secret belongs to. Sealed for one place, it does not open at another. */
export interface SecretPlace {
  tenantId: string;
  /** Name of the field that holds it, such as connectionConfig.authToken. */
  field: string;
}

/**
 * Seals secrets for storage and opens them again. Both methods reject with `invalid_request` when the place has an
 * empty part; no message, detail or cause holds the secret or a key.
 */
export interface ISecretSealer {
  /** Seals the secret with the current key. The same secret never gives the same bytes twice. */
  seal(secret: string, place: SecretPlace): Promise<SealedSecret>;
  /**
   * The secret. Harmless to repeat. Rejects with `secret_invalid` when the key is unknown, or when anything was
   * changed, cut or moved from another place.
   */
  open(sealed: SealedSecret, place: SecretPlace): Promise<string>;
}
