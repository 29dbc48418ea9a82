import * as z from 'zod';
import { textLength } from './text-length.js';

const BASE64_GROUPS = '(?:[A-Za-z0-9+/]{4})*';

export const SealedSecretSchema = z
  .strictObject({
    algorithm: z.literal('aes-256-gcm').describe('Encryption algorithm.'),
    keyId: z
      .string()
      .check(textLength({ min: 1, max: 255 }))
      .describe('Identifier of the encryption key.'),
    nonce: z
      .string()
      .regex(/^[A-Za-z0-9+/]{16}$/)
      .describe('Random nonce of 12 bytes, Base64-encoded; never reused with the same key.'),
    ciphertext: z
      .string()
      .regex(new RegExp(`^${BASE64_GROUPS}(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{2}==)$`))
      .describe('Encrypted bytes, Base64-encoded.'),
    tag: z
      .string()
      .regex(/^[A-Za-z0-9+/]{22}==$/)
      .describe(
        'AES-GCM authentication tag of 16 bytes, Base64-encoded. Decryption fails if the secret was modified, or copied from another tenant or field.',
      ),
  })
  .describe(
    'Encrypted secret. It can be decrypted only with its key, and only for the tenant and field that it was encrypted for.',
  );
export type SealedSecret = z.infer<typeof SealedSecretSchema>;
