import type { TenantReleaseCount } from '@objectstack/spec/contracts';
import { isStorableText } from '@objectstack/spec/data';
import { type ErrorCode, PageRequestSchema } from '@objectstack/spec/shared';
import {
  type FleetReleaseCount,
  type FleetSelection,
  FleetSelectionSchema,
  type FleetStatus,
  RolloutStrategySchema,
  type TenantReleaseListRequestInput,
  TenantReleaseListRequestSchema,
  type TenantReleasePage,
} from '@objectstack/spec/system';
import { decodeCursor } from '../shared/encode-cursor.js';
import { pageOf } from '../shared/page-of.js';
import { parseInput } from '../shared/parse-input.js';
import { type FleetContext, instantNow } from './fleet-context.js';

type Context = Pick<FleetContext, 'registry' | 'clock'>;

/** Without texts that no database stores, so that no tenant has them. Null if nothing can match. */
function storable(selection: FleetSelection): FleetSelection | null {
  const { tenantIds, organizationId } = selection;
  if (organizationId !== undefined && !isStorableText(organizationId)) return null;
  if (!tenantIds) return selection;
  const ids = tenantIds.filter(isStorableText);
  return ids.length === 0 ? null : { ...selection, tenantIds: ids };
}

const isBehind = ({ running, desired }: TenantReleaseCount) => desired !== null && desired !== running;

/** Whether the rollout has a deadline for tenants that were not used, and it has passed. */
async function isPastDeadline(context: Context, rolloutId: string): Promise<boolean> {
  const record = await context.registry.getRollout(rolloutId);
  const { mode, deadlineMs } = RolloutStrategySchema.parse(record?.strategy ?? {});
  if (mode !== 'on_access' || record?.startedAt === undefined) return false;
  return Date.parse(record.startedAt) + deadlineMs <= context.clock.now().getTime();
}

function distributionOf(counts: readonly TenantReleaseCount[]): FleetReleaseCount[] {
  const releases = new Map<string, FleetReleaseCount>();
  for (const { running, desired, tenants } of counts) {
    const key = JSON.stringify([running, desired]);
    const known = releases.get(key) ?? { running, desired, tenants: 0 };
    known.tenants += tenants;
    releases.set(key, known);
  }
  return [...releases.entries()]
    .sort(([key, one], [otherKey, other]) => other.tenants - one.tenants || (key < otherKey ? -1 : 1))
    .map(([, release]) => release);
}

const sum = (counts: readonly TenantReleaseCount[]) =>
  counts.reduce((total, { tenants }) => total + tenants, 0);

/** See {@link IFleetReads.getFleetStatus}. */
export async function getFleetStatus(
  context: Context,
  selection: FleetSelection | undefined,
): Promise<FleetStatus> {
  const stored = storable(parseInput(FleetSelectionSchema, selection ?? {}, 'selection'));
  const counts = stored ? await context.registry.countTenantReleases(stored) : [];
  const behind = counts.filter(isBehind);
  const failures: Partial<Record<ErrorCode, number>> = {};
  for (const { rollout, tenants } of behind)
    if (rollout?.errorCode) failures[rollout.errorCode] = (failures[rollout.errorCode] ?? 0) + tenants;
  const late = new Set<string>();
  for (const id of new Set(behind.flatMap(({ rollout }) => rollout?.id ?? [])))
    if (await isPastDeadline(context, id)) late.add(id);
  return {
    tenants: sum(counts),
    behindTenants: sum(behind),
    pastDeadlineTenants: sum(behind.filter(({ rollout }) => rollout !== null && late.has(rollout.id))),
    releases: distributionOf(counts),
    failures,
    measuredAt: instantNow(context),
  };
}

/** Cursors contain a timestamp and an id; this list is sorted by id alone. */
const AT = new Date(0).toISOString();

/** See {@link IFleetReads.listTenantReleases}. */
export async function listTenantReleases(
  { registry }: Context,
  request: TenantReleaseListRequestInput | undefined,
): Promise<TenantReleasePage> {
  const parsed = parseInput(TenantReleaseListRequestSchema, request ?? {}, 'request');
  const { limit, cursor } = parsed.page ?? PageRequestSchema.parse({});
  const after = cursor === undefined ? undefined : decodeCursor(cursor).id;
  const stored = storable(parsed.selection ?? {});
  const found = stored
    ? await registry.listTenantReleases(stored, {
        ...(parsed.isBehind !== undefined && { isBehind: parsed.isBehind }),
        ...(after !== undefined && { after }),
        limit: limit + 1,
      })
    : [];
  return pageOf(found, limit, ({ tenantId }) => ({ at: AT, id: tenantId }));
}
