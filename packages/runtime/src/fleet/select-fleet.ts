import type { FleetTenant } from '@objectstack/spec/contracts';
import { isStorableText } from '@objectstack/spec/data';
import type { FleetSelection } from '@objectstack/spec/system';
import * as z from 'zod';
import type { FleetContext } from './fleet-context.js';

const PAGE = 500;
const CONCURRENCY = 16;

type Context = Pick<FleetContext, 'registry'>;

/** Maximum number of tenants that are read at the same time. */
export const ConcurrencySchema = z.int().min(1).max(64).default(CONCURRENCY);

/** Ids that no tenant has, sorted. */
async function unknownOf({ registry }: Context, ids: ReadonlySet<string>): Promise<string[]> {
  const unknown: string[] = [];
  for (const id of [...ids].sort()) {
    const record = isStorableText(id) ? await registry.getTenant(id) : null;
    if (!record || record.destroyedAt !== null) unknown.push(id);
  }
  return unknown;
}

/** Pages of the selected tenants. Ids of a selection that no tenant has come last. */
export async function* selectFleet(
  context: Context,
  selection: FleetSelection,
): AsyncGenerator<FleetTenant[]> {
  const missing = new Set(selection.tenantIds);
  const { tenantIds } = selection;
  const stored = { ...selection, ...(tenantIds && { tenantIds: tenantIds.filter(isStorableText) }) };
  for (let after: string | undefined; ; ) {
    const page = await context.registry.selectFleet(stored, {
      ...(after !== undefined && { after }),
      limit: PAGE,
    });
    for (const { id } of page) missing.delete(id);
    if (page.length > 0) yield page;
    if (page.length < PAGE) break;
    after = page.at(-1)?.id;
  }
  const unknown = await unknownOf(context, missing);
  if (unknown.length > 0) yield unknown.map((id) => ({ id, status: 'destroying' as const }));
}
