import type { KeyRotation } from '../system/key-rotation.zod.js';
import type { CallOptions } from './call-options.js';

/** Manages the keys that encrypt the secrets of the control plane. For operators. */
export interface IKeyService {
  /**
   * Decrypts every stored secret that needs an earlier key, and encrypts it with the current key, which is the first
   * key of the sealer, while all services continue to work. Each secret is replaced by compare-and-set, so that
   * concurrent rotations and concurrent changes to the same tenant are safe. Idempotent, and resumed by repeating it:
   * secrets under the current key are skipped. A secret that is being written is left out and counted in `remaining`.
   * Rejects with `secret_invalid` if an earlier key is not configured, after the other secrets were encrypted, with
   * `database_busy`, and with `aborted`.
   */
  rotate(options?: CallOptions): Promise<KeyRotation>;
}
