import * as z from 'zod';
import { textLength } from './text-length.js';

const BASE64_GROUPS = '(?:[A-Za-z0-9+/]{4})*';

export const SealedSecretSchema = z
  .strictObject({
    algorithm: z.literal('aes-256-gcm').describe('How it is sealed.'),
    keyId: z
      .string()
      .check(textLength({ min: 1, max: 255 }))
      .describe('Id of the key that opens it.'),
    nonce: z
      .string()
      .regex(/^[A-Za-z0-9+/]{16}$/)
      .describe('Twelve random bytes in base64, used once.'),
    ciphertext: z
      .string()
      .regex(new RegExp(`^${BASE64_GROUPS}(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{2}==)$`))
      .describe('The sealed bytes in base64.'),
    tag: z
      .string()
      .regex(/^[A-Za-z0-9+/]{22}==$/)
      .describe('Sixteen bytes in base64 that prove whole and unmoved.'),
  })
  .describe(
    'A secret at rest. It opens only with its key, for the tenant and the field that it was sealed for.',
  );
export type SealedSecret = z.infer<typeof SealedSecretSchema>;
