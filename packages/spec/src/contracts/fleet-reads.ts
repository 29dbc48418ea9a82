import type { QueryInput } from '../data/query.zod.js';
import type { AggregationNode } from '../data/query-node.zod.js';
import type { ErrorCode } from '../shared/error-code.zod.js';
import type { ProblemDetails } from '../shared/problem-details.zod.js';
import type { FleetDriftReport } from '../system/fleet/fleet-drift.zod.js';
import type { FleetSelection } from '../system/fleet/fleet-selection.zod.js';
import type { FleetStatus } from '../system/fleet/fleet-status.zod.js';
import type { TenantReleaseListRequestInput, TenantReleasePage } from '../system/fleet/tenant-release.zod.js';
import type { AbortOptions, DataRecord, ValueRow } from './driver-call.js';

/** Options for reading many tenants: number of concurrent reads and abort signal. */
export interface FleetReadOptions extends AbortOptions {
  /** Maximum number of tenants that are read at the same time, from 1 to 64. Defaults to 16. */
  concurrency?: number;
}

/** Records of one tenant, or the reason for which it could not be read. */
export type FleetQueryResult =
  | { readonly tenantId: string; readonly records: DataRecord[]; readonly error?: never }
  | { readonly tenantId: string; readonly error: ProblemDetails; readonly records?: never };

/** Aggregate values to compute over the records of many tenants. */
export interface FleetAggregateQuery extends Pick<QueryInput, 'where' | 'groupBy'> {
  /**
   * List of the aggregate values to compute: only the functions `count`, `sum`, `min` and `max`, without `distinct`.
   */
  aggregations: (AggregationNode & { function: 'count' | 'sum' | 'min' | 'max' })[];
}

/** Aggregate values over the records of many tenants. */
export interface FleetAggregate {
  /** One row for each group, sorted by the values of `groupBy`; without `groupBy` one row. */
  rows: ValueRow[];
  /** Number of tenants whose records the rows include. */
  tenants: number;
  /** Number of tenants that could not be read, and whose records the rows therefore do not include, by error code. */
  failures: Partial<Record<ErrorCode, number>>;
}

/**
 * Reads many tenants in one call, for operators: every method sees the tenants of all organizations. A selection matches
 * all active and suspended tenants by default. Methods reject with `invalid_request` for a malformed argument, and with
 * `aborted`. An error of one tenant is part of the result and does not make the call reject.
 */
export interface IFleetReads {
  /**
   * Returns how many tenants run which release, how many do not run the one that they should run, and why, from the
   * registry alone.
   */
  getFleetStatus(selection?: FleetSelection): Promise<FleetStatus>;

  /** Returns a page of the releases of tenants, sorted by the id of the tenant, from the registry alone. */
  listTenantReleases(request?: TenantReleaseListRequestInput): Promise<TenantReleasePage>;

  /**
   * Compares the live schema of each tenant with the deployed one, and returns the differences and the tenants that
   * could not be read. Changes nothing.
   */
  reportDrift(selection?: FleetSelection, options?: FleetReadOptions): Promise<FleetDriftReport>;

  /**
   * Runs a query in each tenant like `IDataDriver.find`, and returns the result of each tenant as soon as it is
   * available, in no particular order. No further tenant is read until the caller requests the next result. Set `limit`
   * to bound the memory. Iterating rejects.
   */
  query(
    selection: FleetSelection,
    object: string,
    query?: QueryInput,
    options?: FleetReadOptions,
  ): AsyncIterable<FleetQueryResult>;

  /**
   * Computes aggregate values in each tenant and merges them: counts and sums are added, and the least minimum and
   * greatest maximum are taken. Other functions cannot be merged: they are rejected with `invalid_request`.
   */
  aggregate(
    selection: FleetSelection,
    object: string,
    query: FleetAggregateQuery,
    options?: FleetReadOptions,
  ): Promise<FleetAggregate>;
}
