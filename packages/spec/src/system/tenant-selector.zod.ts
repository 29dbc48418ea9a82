import * as z from 'zod';

const value = (description: string) => z.string().max(255).describe(description);

export const TenantSelectorSchema = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('id').describe('Indicates a tenant id.'),
      value: value('Unique identifier of the tenant.'),
    }),
    z.object({
      kind: z.literal('reference').describe('Indicates a tenant id or a slug.'),
      value: value(
        'Unique identifier of the tenant, or its slug in any letter case. Empty if the request contained a malformed reference, which selects no tenant.',
      ),
    }),
    z.object({
      kind: z.literal('hostname').describe('Indicates a custom host name.'),
      value: value(
        'Host name in canonical form: lowercase, ASCII (Punycode), without port and trailing dot. Empty if the host of the request is malformed, which selects no tenant.',
      ),
    }),
  ])
  .describe("Part of a request that selects one of the tenants of the session's organization.");
export type TenantSelector = z.infer<typeof TenantSelectorSchema>;
