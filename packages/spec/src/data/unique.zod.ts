import * as z from 'zod';

export const UniqueSchema = z
  .union([z.boolean(), z.enum(['global', 'organization', 'tenant'])])
  .describe(
    'Whether values must be unique: a boolean, or the scope in which they must be unique. Every scope has the same effect as true, because each tenant has its own database.',
  );
export type Unique = z.infer<typeof UniqueSchema>;
