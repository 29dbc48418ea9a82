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
      'Unique identifier of the tenant that the database must belong to; connecting to the database of any other tenant is rejected with `database_invalid`. If omitted, the owner is not checked.',
    ),
    authToken: NonEmpty.optional().describe(
      'Access token of the database. Omit it if the database requires none, for example a local file.',
    ),
  })
  .describe(
    "Connection settings of a tenant's database, with its unencrypted access token. Held in memory only: never stored and never logged.",
  );
export type TenantConnectionConfig = z.infer<typeof TenantConnectionConfigSchema>;

export const SealedConnectionConfigSchema = z
  .strictObject({
    ...place,
    authToken: SealedSecretSchema.optional().describe(
      'Access token of the database, encrypted so that it can be decrypted only for this tenant and this property. Absent if none is stored.',
    ),
  })
  .describe(
    "Connection settings of a tenant's database as stored in the registry. Unencrypted tokens are rejected.",
  );
export type SealedConnectionConfig = z.infer<typeof SealedConnectionConfigSchema>;
