import type { CallOptions, IFleetService, ITenantRouter } from '@objectstack/spec/contracts';
import type { Rollout } from '@objectstack/spec/system';
import { BackgroundWork } from '../provisioning/background-work.js';
import { findTenant } from '../shared/find-tenant.js';
import { readOptions } from '../shared/read-options.js';
import { AccessGate } from './access-gate.js';
import { aggregateFleet } from './aggregate-fleet.js';
import { abortRollout, pauseRollout, resumeRollout, rollbackRollout } from './control-rollout.js';
import { DrivenRollouts } from './driven-rollouts.js';
import { findRollout, readRollout } from './find-rollout.js';
import type { FleetContext, FleetParts } from './fleet-context.js';
import { getFleetStatus, listTenantReleases } from './get-fleet-status.js';
import { listRollouts, listRolloutTenants } from './list-rollouts.js';
import { planRollout } from './plan-rollout.js';
import { queryFleet } from './query-fleet.js';
import {
  createAppRelease,
  createRelease,
  findRelease,
  listReleases,
  setChannel,
  setTenantChannel,
} from './releases.js';
import { reportDrift } from './report-drift.js';
import { startRollout } from './start-rollout.js';
import { type RolloutSweepResult, sweepRollouts } from './sweep-rollouts.js';
import { waitForRollout, watchRollout } from './watch-rollout.js';

/** Releases and rollouts, and the rollouts that this process drives. */
export interface FleetService extends IFleetService {
  /** Continues rollouts whose process died, and removes those that were never started. Idempotent. */
  sweep(): Promise<RolloutSweepResult>;
  /** Ends the rollouts of this process before their next tenant. Another process can continue them. */
  stop(): Promise<void>;
  /** The router for users of tenants: the access to a tenant waits for a rollout on access to attempt it. */
  onAccess(router: ITenantRouter): ITenantRouter;
}

/** Changes a rollout, lets this process act on it, and returns it. */
type Control<Options extends CallOptions> = (
  context: FleetContext,
  rolloutId: string,
  options: Partial<Options>,
) => Promise<void>;

export function createFleetService(parts: FleetParts): FleetService {
  const background = new BackgroundWork();
  const context: FleetContext = { ...parts, background, accessOpened: () => gate.reset() };
  const drives = new DrivenRollouts(context);
  const controlled =
    <Options extends CallOptions>(control: Control<Options>, act: (rolloutId: string) => void) =>
    async (rolloutId: string, given?: Options): Promise<Rollout> => {
      await control(context, rolloutId, readOptions(given));
      const { id } = await findRollout(context, rolloutId);
      act(id);
      return readRollout(context, id);
    };
  const halt = (rolloutId: string) => drives.halt(rolloutId);
  const gate = new AccessGate(context, (rolloutId) => drives.wake(rolloutId));
  const start = (rolloutId: string) => {
    gate.reset();
    drives.start(rolloutId);
  };
  return {
    createRelease: async (bundle, given) => createRelease(context, bundle, readOptions(given)),
    createAppRelease: async (manifest, given) => createAppRelease(context, manifest, readOptions(given)),
    getRelease: async (name) => findRelease(context, name),
    listReleases: async (page) => listReleases(context, page),
    setChannel: async (channel, release, given) =>
      setChannel(context, { channel, release }, readOptions(given)),
    listChannels: () => context.registry.listChannels(),
    setTenantChannel: async (tenantId, channel, given) =>
      setTenantChannel(context, { tenantId, channel }, readOptions(given)),
    getTenantRelease: async (tenantId) => {
      const { tenant } = await findTenant(context.registry, tenantId);
      return context.registry.getTenantRelease(tenant.id);
    },
    planRollout: async (release, selection, given) =>
      planRollout(context, { release, selection, options: readOptions(given) }),
    startRollout: async (plan, strategy, given) => {
      const rolloutId = await startRollout(context, { plan, strategy }, readOptions(given));
      const rollout = await readRollout(context, rolloutId);
      if (rollout.status === 'running') start(rolloutId);
      return rollout;
    },
    getRollout: async (rolloutId) => readRollout(context, rolloutId),
    listRollouts: async (page) => listRollouts(context, page),
    listRolloutTenants: async (rolloutId, request) => listRolloutTenants(context, rolloutId, request),
    waitForRollout: async (rolloutId, given) =>
      waitForRollout(context, drives, { rolloutId, options: readOptions(given) }),
    watchRollout: (rolloutId, given) =>
      watchRollout(context, drives, { rolloutId, options: readOptions(given) }),
    pauseRollout: controlled(pauseRollout, halt),
    resumeRollout: controlled(resumeRollout, start),
    abortRollout: controlled(abortRollout, halt),
    rollbackRollout: controlled(rollbackRollout, (rolloutId) => {
      halt(rolloutId);
      start(rolloutId);
    }),
    getFleetStatus: async (selection) => getFleetStatus(context, selection),
    listTenantReleases: async (request) => listTenantReleases(context, request),
    reportDrift: async (selection, given) => reportDrift(context, selection, readOptions(given)),
    query: (selection, object, query, given) =>
      queryFleet(context, { selection, object, query, options: readOptions(given) }),
    aggregate: async (selection, object, query, given) =>
      aggregateFleet(context, { selection, object, query, options: readOptions(given) }),
    sweep: () => sweepRollouts(context, start),
    stop: () => background.stop(),
    onAccess: (router) => ({
      ...router,
      getTenantClient: (tenantId) =>
        gate.admits(tenantId)
          ? router.getTenantClient(tenantId)
          : gate.pass(tenantId).then(() => router.getTenantClient(tenantId)),
    }),
  };
}
