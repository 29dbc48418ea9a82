import * as z from 'zod';

const Count = z.int().min(0);

export const KeyRotationSchema = z
  .object({
    keyId: z
      .string()
      .min(1)
      .optional()
      .describe(
        'Identifier of the current key. Absent if nothing is encrypted, because no part has secrets.',
      ),
    resealed: Count.describe(
      'Number of secrets that were decrypted with an earlier key and encrypted with it.',
    ),
    remaining: Count.describe(
      'Number of secrets that still need an earlier key. Earlier keys can be removed from the configuration at 0.',
    ),
  })
  .describe('Result of a key rotation: payload of the event `keys.rotated`.');
export type KeyRotation = z.infer<typeof KeyRotationSchema>;
