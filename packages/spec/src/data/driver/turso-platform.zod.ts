import * as z from 'zod';
import { ConnectionUrlSchema } from '../../shared/connection-url.zod.js';

export const TursoTokenScope = z.enum(['full-access', 'read-only']).describe('What a database token allows.');
export type TursoTokenScope = z.infer<typeof TursoTokenScope>;

export const TursoDatabaseInfoSchema = z
  .object({
    name: z.string().min(1).describe('Name of the database.'),
    dbId: z.string().min(1).describe('Id that the provider gave it.'),
    url: ConnectionUrlSchema.describe('URL to connect to, without credentials.'),
    group: z.string().optional().describe('Group that it belongs to.'),
  })
  .describe('A database as its provider knows it.');
export type TursoDatabaseInfo = z.infer<typeof TursoDatabaseInfoSchema>;
