import * as z from 'zod';

export const UniqueSchema = z
  .union([z.boolean(), z.enum(['global', 'organization', 'tenant'])])
  .describe(
    'Whether values must be unique, or the scope in which they must be. A tenant has its own database, so every scope means the same as true.',
  );
export type Unique = z.infer<typeof UniqueSchema>;
