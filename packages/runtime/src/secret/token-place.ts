import type { SecretPlace } from '@objectstack/spec/contracts';

/** Where the token of a tenant's database is stored. */
export const tokenPlace = (tenantId: string): SecretPlace => ({
  tenantId,
  field: 'connectionConfig.authToken',
});
