import * as z from 'zod';
import { ConnectionUrlSchema } from '../shared/connection-url.zod.js';
import { SealedSecretSchema } from '../shared/sealed-secret.zod.js';

const NonEmpty = z.string().min(1);

const place = {
  url: ConnectionUrlSchema,
  databaseName: NonEmpty.describe('Name of the database at its provider; derived from a random id.'),
  group: NonEmpty.optional().describe('Group of databases that it belongs to, where there are groups.'),
};

export const TenantConnectionConfigSchema = z
  .object({
    ...place,
    tenantId: NonEmpty.optional().describe(
      'Id of the tenant that the database must belong to; any other database is refused. Absent: not checked.',
    ),
    authToken: NonEmpty.optional().describe(
      'Access token in memory only. Absent where none is needed, as for a local file.',
    ),
  })
  .describe('How a running process reaches the database of a tenant. Never stored and never logged.');
export type TenantConnectionConfig = z.infer<typeof TenantConnectionConfigSchema>;

export const SealedConnectionConfigSchema = z
  .strictObject({
    ...place,
    authToken: SealedSecretSchema.optional().describe(
      'The access token, sealed for this tenant and this field.',
    ),
  })
  .describe('How to reach the database of a tenant, as it is stored. A token that is not sealed is refused.');
export type SealedConnectionConfig = z.infer<typeof SealedConnectionConfigSchema>;
