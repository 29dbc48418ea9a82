import type {
  FleetAggregate,
  FleetAggregateQuery,
  FleetReadOptions,
  ValuesQueryInput,
} from '@objectstack/spec/contracts';
import { AggregationNodeSchema, FilterSchema } from '@objectstack/spec/data';
import type { ErrorCode } from '@objectstack/spec/shared';
import { type FleetSelection, FleetSelectionSchema } from '@objectstack/spec/system';
import * as z from 'zod';
import { parseInput } from '../shared/parse-input.js';
import type { FleetContext } from './fleet-context.js';
import { MergedRows } from './merged-rows.js';
import { ObjectNameSchema } from './query-fleet.js';
import { readTenants } from './read-tenants.js';
import { ConcurrencySchema } from './select-fleet.js';

const MERGED = ['count', 'sum', 'min', 'max'];

const AggregateQuerySchema = z.strictObject({
  where: FilterSchema.optional(),
  groupBy: z.array(z.string()).min(1).optional(),
  aggregations: z
    .array(
      AggregationNodeSchema.refine(({ function: name }) => MERGED.includes(name), {
        path: ['function'],
        message: 'must be count, sum, min or max, which can be merged',
      }).refine(({ distinct }) => distinct !== true, {
        path: ['distinct'],
        message: 'must be absent, because distinct values of several tenants cannot be merged',
      }),
    )
    .min(1),
});

export interface FleetAggregation {
  readonly selection: FleetSelection;
  readonly object: string;
  readonly query: FleetAggregateQuery;
  readonly options: Partial<FleetReadOptions>;
}

/** See {@link IFleetReads.aggregate}. */
export async function aggregateFleet(
  context: FleetContext,
  { selection, object, query, options: { signal, concurrency } }: FleetAggregation,
): Promise<FleetAggregate> {
  const name = parseInput(ObjectNameSchema, object, 'name of the object');
  const asked = parseInput(AggregateQuerySchema, query, 'query') as FleetAggregateQuery & ValuesQueryInput;
  const merged = new MergedRows(asked);
  const failures: Partial<Record<ErrorCode, number>> = {};
  let tenants = 0;
  const readings = readTenants(context, {
    selection: parseInput(FleetSelectionSchema, selection, 'selection'),
    concurrency: parseInput(ConcurrencySchema, concurrency, 'concurrency'),
    signal,
    read: (driver, either) => driver.find(name, asked, { signal: either }),
  });
  for await (const { value, error } of readings) {
    if (error) {
      failures[error.code] = (failures[error.code] ?? 0) + 1;
      continue;
    }
    tenants++;
    merged.add(value);
  }
  return { rows: merged.rows, tenants, failures };
}
