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
      ).describe(
        'Name of the secret in a secret manager. The function `resolveSecret` in the options of the data plane receives this name and returns the secret; the command line accepts only `env`.',
      ),
    }),
  ])
  .describe(
    'Reference to a secret: the name of an environment variable, or of a secret in a secret manager. The secret itself is rejected.',
  );
export type SecretReference = z.infer<typeof SecretReferenceSchema>;
