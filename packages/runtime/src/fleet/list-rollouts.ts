import { type PageRequestInput, PageRequestSchema } from '@objectstack/spec/shared';
import {
  type RolloutPage,
  type RolloutTenantListRequestInput,
  RolloutTenantListRequestSchema,
  type RolloutTenantPage,
} from '@objectstack/spec/system';
import { decodeCursor, invalidCursor } from '../shared/encode-cursor.js';
import { pageOf } from '../shared/page-of.js';
import { parseInput } from '../shared/parse-input.js';
import { findRollout, withProgress } from './find-rollout.js';
import type { FleetContext } from './fleet-context.js';

/** See {@link IFleetService.listRollouts}. */
export async function listRollouts(context: FleetContext, page: PageRequestInput = {}): Promise<RolloutPage> {
  const { limit, cursor } = parseInput(PageRequestSchema, page, 'page');
  const after = cursor === undefined ? undefined : decodeCursor(cursor);
  const found = await context.registry.listRollouts({
    ...(after && { after: { createdAt: after.at, id: after.id } }),
    limit: limit + 1,
  });
  const { items, nextCursor } = pageOf(found, limit, ({ plan, id }) => ({ at: plan.createdAt, id }));
  return { items: await Promise.all(items.map((record) => withProgress(context, record))), nextCursor };
}

/** Position in the cursor of a page of tenants. Throws `invalid_request`. */
function positionOf(cursor: string): number {
  const position = Number(decodeCursor(cursor).id);
  if (Number.isSafeInteger(position) && position >= 0) return position;
  throw invalidCursor();
}

/** See {@link IFleetService.listRolloutTenants}. */
export async function listRolloutTenants(
  context: FleetContext,
  rolloutId: string,
  request: RolloutTenantListRequestInput = {},
): Promise<RolloutTenantPage> {
  const { state, page } = parseInput(RolloutTenantListRequestSchema, request, 'request');
  const { limit, cursor } = page ?? PageRequestSchema.parse({});
  const { id, plan } = await findRollout(context, rolloutId);
  const found = await context.registry.listRolloutTenants(id, {
    ...(state && { states: [state] }),
    ...(cursor !== undefined && { after: positionOf(cursor) }),
    limit: limit + 1,
  });
  const { items, nextCursor } = pageOf(found, limit, ({ position }) => ({
    at: plan.createdAt,
    id: String(position),
  }));
  return {
    items: items.map(({ position: _, baseDeploymentId: _base, hasRecords: _has, ...tenant }) => tenant),
    nextCursor,
  };
}
