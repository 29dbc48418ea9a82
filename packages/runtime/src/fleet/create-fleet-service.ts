import type { CallOptions, IFleetService } from '@objectstack/spec/contracts';
import type { Rollout } from '@objectstack/spec/system';
import type { DeployContext } from '../deploy/deploy-context.js';
import { BackgroundWork } from '../provisioning/background-work.js';
import { findTenant } from '../shared/find-tenant.js';
import { readOptions } from '../shared/read-options.js';
import { abortRollout, pauseRollout, resumeRollout, rollbackRollout } from './control-rollout.js';
import { findRollout, readRollout } from './find-rollout.js';
import { type FleetContext, instantNow } from './fleet-context.js';
import { listRollouts, listRolloutTenants } from './list-rollouts.js';
import { planRollout } from './plan-rollout.js';
import { createRelease, findRelease, listReleases, setChannel, setTenantChannel } from './releases.js';
import { RolloutDrives } from './rollout-drives.js';
import { startRollout } from './start-rollout.js';
import { waitForRollout, watchRollout } from './watch-rollout.js';

/** Result of a sweep of rollouts. */
export interface RolloutSweepResult {
  /** Ids of rollouts that no process drove, and that this one continues in the background. */
  readonly resumedRollouts: string[];
}

/** Releases and rollouts, and the rollouts that this process drives. */
export interface FleetService extends IFleetService {
  /** Continues rollouts whose process died. Idempotent. */
  sweep(): Promise<RolloutSweepResult>;
  /** Ends the rollouts of this process before their next tenant. Another process can continue them. */
  stop(): Promise<void>;
}

/** Changes a rollout, lets this process act on it, and returns it. */
type Control<Options extends CallOptions> = (
  context: FleetContext,
  rolloutId: string,
  options: Partial<Options>,
) => Promise<void>;

export function createFleetService(parts: DeployContext): FleetService {
  const background = new BackgroundWork();
  const context: FleetContext = { ...parts, background };
  const drives = new RolloutDrives(context);
  const controlled =
    <Options extends CallOptions>(control: Control<Options>, act: (rolloutId: string) => void) =>
    async (rolloutId: string, given?: Options): Promise<Rollout> => {
      await control(context, rolloutId, readOptions(given));
      const { id } = await findRollout(context, rolloutId);
      act(id);
      return readRollout(context, id);
    };
  const halt = (rolloutId: string) => drives.halt(rolloutId);
  const start = (rolloutId: string) => drives.start(rolloutId);
  return {
    createRelease: async (bundle, given) => createRelease(context, bundle, readOptions(given)),
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
    async sweep() {
      const resumedRollouts = await context.registry.listAbandonedRollouts(instantNow(context));
      for (const rolloutId of resumedRollouts) start(rolloutId);
      return { resumedRollouts };
    },
    stop: () => background.stop(),
  };
}
