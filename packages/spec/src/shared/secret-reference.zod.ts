import * as z from 'zod';
import { withoutPattern } from './without-pattern.js';

export const SecretReferenceSchema = z
  .union([
    z.strictObject({
      env: z
        .string()
        .max(255)
        .regex(/^[A-Za-z_][A-Za-z0-9_]*$/)
        .describe('Environment variable that holds the secret.'),
    }),
    z.strictObject({
      secret: withoutPattern(
        z
          .string()
          .max(255)
          .regex(/^[A-Za-z0-9][A-Za-z0-9_./-]*$/),
        /^eyJ/,
      ).describe('Name of the secret in a secret store.'),
    }),
  ])
  .describe('Where a secret is to be found. The secret itself is refused here.');
export type SecretReference = z.infer<typeof SecretReferenceSchema>;
