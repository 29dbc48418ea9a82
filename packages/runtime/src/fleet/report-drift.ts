import type { FleetReadOptions } from '@objectstack/spec/contracts';
import type { ErrorCode } from '@objectstack/spec/shared';
import {
  type Drift,
  type DriftCode,
  type FleetDriftReport,
  type FleetSelection,
  FleetSelectionSchema,
  type TenantDrift,
  type UnreadableTenants,
} from '@objectstack/spec/system';
import { parseInput } from '../shared/parse-input.js';
import { type FleetContext, instantNow } from './fleet-context.js';
import { readTenants } from './read-tenants.js';
import { ConcurrencySchema } from './select-fleet.js';

const MOST_TENANTS = 1_000;
const MOST_DIFFERENCES = 100;
const MOST_SAMPLES = 10;

/** Sums up what was found tenant by tenant, in bounded memory. */
class DriftTally {
  tenants = 0;
  driftedTenants = 0;
  readonly codes: Partial<Record<DriftCode, number>> = {};
  readonly #drifted: TenantDrift[] = [];
  readonly #unreadable = new Map<ErrorCode, UnreadableTenants>();

  addDrift(tenantId: string, drift: readonly Drift[]): void {
    this.tenants++;
    if (drift.length === 0) return;
    this.driftedTenants++;
    for (const code of new Set(drift.map((one) => one.code))) this.codes[code] = (this.codes[code] ?? 0) + 1;
    this.#drifted.push({ tenantId, drift: drift.slice(0, MOST_DIFFERENCES) });
    if (this.#drifted.length >= 2 * MOST_TENANTS) this.#drifted.splice(0, Infinity, ...this.drifted);
  }

  addUnreadable(tenantId: string, code: ErrorCode): void {
    this.tenants++;
    const known = this.#unreadable.get(code) ?? { code, tenants: 0, samples: [] };
    known.tenants++;
    if (known.samples.length < MOST_SAMPLES) known.samples.push(tenantId);
    this.#unreadable.set(code, known);
  }

  get drifted(): TenantDrift[] {
    return this.#drifted
      .toSorted((one, other) => (one.tenantId < other.tenantId ? -1 : 1))
      .slice(0, MOST_TENANTS);
  }

  get unreadable(): UnreadableTenants[] {
    return [...this.#unreadable.values()].sort(
      (one, other) => other.tenants - one.tenants || (one.code < other.code ? -1 : 1),
    );
  }
}

/** See {@link IFleetReads.reportDrift}. */
export async function reportDrift(
  context: FleetContext,
  selection: FleetSelection | undefined,
  { signal, concurrency }: Partial<FleetReadOptions>,
): Promise<FleetDriftReport> {
  const { schemaDiff } = context.dataPlane;
  const measuredAt = instantNow(context);
  const tally = new DriftTally();
  const readings = readTenants(context, {
    selection: parseInput(FleetSelectionSchema, selection ?? {}, 'selection'),
    concurrency: parseInput(ConcurrencySchema, concurrency, 'concurrency'),
    signal,
    read: async (driver, either) =>
      schemaDiff.findDrift(await schemaDiff.introspect(driver, { signal: either })),
  });
  for await (const { tenantId, value, error } of readings)
    if (error) tally.addUnreadable(tenantId, error.code);
    else tally.addDrift(tenantId, value);
  const { tenants, driftedTenants, codes, drifted, unreadable } = tally;
  return { tenants, driftedTenants, codes, drifted, unreadable, measuredAt };
}
