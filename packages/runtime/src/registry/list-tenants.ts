import type { ITenantRegistry } from '@objectstack/spec/contracts';
import { PageRequestSchema } from '@objectstack/spec/shared';
import {
  type TenantListRequestInput,
  TenantListRequestSchema,
  type TenantPage,
} from '@objectstack/spec/system';
import { decodeCursor } from '../shared/encode-cursor.js';
import { pageOf } from '../shared/page-of.js';
import { parseInput } from '../shared/parse-input.js';
import { withoutToken } from '../shared/without-token.js';

/**
 * Returns a page of the tenants in a registry, latest first, like `tenants.list` of a runtime, but without creating one.
 * The registry must be initialized. Rejects with `invalid_request`.
 */
export async function listTenants(
  registry: ITenantRegistry,
  request: TenantListRequestInput = {},
): Promise<TenantPage> {
  const { organizationId, status, page } = parseInput(TenantListRequestSchema, request, 'request');
  const { limit, cursor } = page ?? PageRequestSchema.parse({});
  const after = cursor === undefined ? undefined : decodeCursor(cursor);
  const found = await registry.findTenants({
    ...(organizationId !== undefined && { organizationId }),
    ...(status && { status }),
    ...(after && { after: { createdAt: after.at, id: after.id } }),
    limit: limit + 1,
  });
  return pageOf(found.map(withoutToken), limit, ({ createdAt: at, id }) => ({ at, id }));
}
