import * as z from 'zod';
import { ConnectionUrlSchema } from '../shared/connection-url.zod.js';
import { SealedSecretSchema } from '../shared/sealed-secret.zod.js';

const NonEmpty = z.string().min(1);

const place = {
  url: ConnectionUrlSchema.describe("Connection URL of the tenant's database, without credentials."),
  databaseName: NonEmpty.describe('Name of the database at its provider, derived from a random id.'),
  group: NonEmpty.optional().describe('Name of the database group. Absent if the provider has no groups.'),
};

export const TenantConnectionConfigSchema = z
  .object({
    ...place,
    tenantId: NonEmpty.optional().describe(
      'Unique identifier of the tenant that the database must belong to; connecting to any other database fails. If omitted, this is not checked.',
    ),
    authToken: NonEmpty.optional().describe(
      'Access token, held in memory only. Absent if the database requires none, for example a local file.',
    ),
  })
  .describe(
    "Connection settings of a tenant's database for a running process. Never stored and never logged.",
  );
export type TenantConnectionConfig = z.infer<typeof TenantConnectionConfigSchema>;

export const SealedConnectionConfigSchema = z
  .strictObject({
    ...place,
    authToken: SealedSecretSchema.optional().describe(
      'Access token, encrypted for this tenant and this property.',
    ),
  })
  .describe(
    "Connection settings of a tenant's database as stored in the registry. Unencrypted tokens are rejected.",
  );
export type SealedConnectionConfig = z.infer<typeof SealedConnectionConfigSchema>;
