import * as z from 'zod';
import { withoutPattern } from './without-pattern.js';

export const SecretReferenceSchema = z
  .union([
    z.strictObject({
      env: z
        .string()
        .max(255)
        .regex(/^[A-Za-z_][A-Za-z0-9_]*$/)
        .describe('Name of the environment variable that contains the secret.'),
    }),
    z.strictObject({
      secret: withoutPattern(
        z
          .string()
          .max(255)
          .regex(/^[A-Za-z0-9][A-Za-z0-9_./-]*$/),
        /^eyJ/,
      ).describe('Name of the secret in the secret store.'),
    }),
  ])
  .describe(
    'Reference to a secret: an environment variable or an entry of a secret store. The secret itself is rejected.',
  );
export type SecretReference = z.infer<typeof SecretReferenceSchema>;
