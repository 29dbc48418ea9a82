import type { FleetQueryResult, FleetReadOptions } from '@objectstack/spec/contracts';
import { type QueryInput, QuerySchema } from '@objectstack/spec/data';
import { type FleetSelection, FleetSelectionSchema } from '@objectstack/spec/system';
import * as z from 'zod';
import { parseInput } from '../shared/parse-input.js';
import type { FleetContext } from './fleet-context.js';
import { readTenants } from './read-tenants.js';
import { ConcurrencySchema } from './select-fleet.js';

export const ObjectNameSchema = z.string().min(1).max(200);

export interface FleetQuery {
  readonly selection: FleetSelection;
  readonly object: string;
  readonly query: QueryInput | undefined;
  readonly options: Partial<FleetReadOptions>;
}

/** See {@link IFleetReads.query}. */
export async function* queryFleet(
  context: FleetContext,
  { selection, object, query, options: { signal, concurrency } }: FleetQuery,
): AsyncGenerator<FleetQueryResult> {
  const name = parseInput(ObjectNameSchema, object, 'name of the object');
  const asked = parseInput(QuerySchema as z.ZodType<QueryInput>, query ?? {}, 'query');
  const readings = readTenants(context, {
    selection: parseInput(FleetSelectionSchema, selection, 'selection'),
    concurrency: parseInput(ConcurrencySchema, concurrency, 'concurrency'),
    signal,
    read: (driver, either) => driver.find(name, asked, { signal: either }),
  });
  for await (const { tenantId, value, error } of readings)
    yield error ? { tenantId, error } : { tenantId, records: value };
}
