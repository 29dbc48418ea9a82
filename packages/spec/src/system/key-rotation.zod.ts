import * as z from 'zod';

const Count = z.int().min(0);

export const KeyRotationSchema = z
  .object({
    keyId: z
      .string()
      .min(1)
      .optional()
      .describe('Identifier of the current encryption key. Absent if no part of the runtime stores secrets.'),
    resealed: Count.describe(
      'Number of secrets that were decrypted with an earlier key and encrypted again with the current key.',
    ),
    remaining: Count.describe(
      'Number of secrets that are still encrypted with an earlier key. If 0, the earlier keys can be removed from the configuration.',
    ),
  })
  .describe('Result of a key rotation. Also the payload of the event `keys.rotated`.');
export type KeyRotation = z.infer<typeof KeyRotationSchema>;
