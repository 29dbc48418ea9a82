import type { IFleetService } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { Rollout, RolloutPlan, RolloutStrategyInput } from '@objectstack/spec/system';
import type { Runtime } from '../src/runtime.js';
import type { ChangeFleet } from './fleet-suite.js';

interface WrongFleet {
  readonly change: ChangeFleet;
  /** Requirements that must fail. */
  readonly breaks: readonly string[];
}

const replacing =
  (replace: (fleet: IFleetService, process: Runtime) => Partial<IFleetService>): ChangeFleet =>
  (fleet, process) => ({ ...fleet, ...replace(fleet, process) });

/** Changes each plan as it is returned. */
const planning = (change: (plan: RolloutPlan) => Partial<RolloutPlan>): ChangeFleet =>
  replacing((fleet) => ({
    async planRollout(...args) {
      const plan = await fleet.planRollout(...args);
      return { ...plan, ...change(plan) };
    },
  }));

const idOf = (plan: RolloutPlan | string) => (typeof plan === 'string' ? plan : plan.rolloutId);

/** Changes the strategy of each rollout. */
const starting = (
  change: (strategy: RolloutStrategyInput, rollout: Rollout) => RolloutStrategyInput,
): ChangeFleet =>
  replacing((fleet) => ({
    async startRollout(plan, strategy = {}, options) {
      return fleet.startRollout(plan, change(strategy, await fleet.getRollout(idOf(plan))), options);
    },
  }));

/** The result of the call, or what it is replaced with if it rejects with this code. */
async function unless<T>(
  code: string,
  call: Promise<T>,
  replace: (error: ObjectStackError) => Promise<T>,
): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (ObjectStackError.isInstance(error) && error.code === code) return replace(error);
    throw error;
  }
}

/** Mutants of the fleet service, and the requirements that they fail. */
export const WRONG_FLEETS: Readonly<Record<string, WrongFleet>> = {
  'returns another release instead of refusing an app': {
    change: replacing((fleet) => ({
      createAppRelease: (manifest, options) =>
        unless('release_exists', fleet.createAppRelease(manifest, options), ({ details }) =>
          fleet.getRelease(String(details.release)),
        ),
    })),
    breaks: ['apps/release'],
  },
  'starts nothing for apps': {
    change: replacing((fleet) => ({
      startRollout: (plan, strategy, options) =>
        typeof plan === 'object' && plan.appId !== undefined
          ? fleet.getRollout(plan.rolloutId)
          : fleet.startRollout(plan, strategy, options),
    })),
    breaks: ['apps/upgrade', 'apps/merge', 'apps/refusals', 'apps/undone'],
  },
  'upgrades apps without the decisions of the plan': {
    change: replacing((fleet) => ({
      planRollout: (release, selection, { upgrade: _, ...options } = {}) =>
        fleet.planRollout(release, selection, options),
    })),
    breaks: ['apps/merge', 'apps/refusals'],
  },
  'plans an app without reasons': {
    change: planning(({ refusals }) => ({ refusals: refusals.map(({ appIssue: _, ...rest }) => rest) })),
    breaks: ['apps/refusals'],
  },
  'reports that an undone upgrade was completed': {
    change: replacing((fleet) => ({
      waitForRollout: async (rolloutId, options) => {
        const rollout = await fleet.waitForRollout(rolloutId, options);
        return rollout.progress.failures.seed_failed ? { ...rollout, status: 'completed' } : rollout;
      },
    })),
    breaks: ['apps/undone'],
  },
  'returns another release instead of refusing a bundle': {
    change: replacing((fleet) => ({
      createRelease: (bundle, options) =>
        unless('release_exists', fleet.createRelease(bundle, options), ({ details }) =>
          fleet.getRelease(String(details.release)),
        ),
    })),
    breaks: ['release/create'],
  },
  'corrects invalid names': {
    change: replacing((fleet) => ({
      createRelease: (bundle, options) =>
        unless('invalid_request', fleet.createRelease(bundle, options), () =>
          fleet.createRelease(bundle, { name: 'a' }),
        ),
    })),
    breaks: ['release/invalid'],
  },
  'lists the earliest first': {
    change: replacing((fleet) => ({
      listReleases: async (page) => {
        const { items, nextCursor } = await fleet.listReleases(page);
        return { items: items.toReversed(), nextCursor };
      },
      listRollouts: async (page) => {
        const { items, nextCursor } = await fleet.listRollouts(page);
        return { items: items.toReversed(), nextCursor };
      },
    })),
    breaks: ['release/list', 'control/list'],
  },
  'has one channel': {
    change: replacing((fleet) => ({
      setChannel: (_channel, release, options) => fleet.setChannel('stable', release, options),
    })),
    breaks: ['release/channel', 'release/channels'],
  },
  'does not put tenants into channels': {
    change: replacing((fleet) => ({ setTenantChannel: (tenantId) => fleet.getTenantRelease(tenantId) })),
    breaks: ['release/channels', 'plan/selection'],
  },
  'does not count tenants that are up to date': {
    change: planning(() => ({ upToDateTenants: 0 })),
    breaks: ['plan/groups'],
  },
  'plans without reasons': { change: planning(() => ({ refusals: [] })), breaks: ['plan/refusals'] },
  'plans without approvals': { change: planning(() => ({ approvals: [] })), breaks: ['plan/approvals'] },
  'ignores the selection': {
    change: replacing((fleet) => ({ planRollout: (release) => fleet.planRollout(release) })),
    breaks: ['plan/selection', 'plan/refusals', 'plan/invalid'],
  },
  'approves everything': {
    change: starting((strategy, { plan }) => ({ ...strategy, allow: plan.approvals.map(({ id }) => id) })),
    breaks: ['rollout/refuse'],
  },
  'permits any number of failures': {
    change: starting((strategy) => ({ ...strategy, errorBudget: { percent: 100 }, errorBudgets: {} })),
    breaks: ['rollout/budget', 'rollout/refuse'],
  },
  'ends the other rollout instead of refusing one': {
    change: replacing((fleet) => ({
      startRollout: (plan, strategy, options) =>
        unless('rollout_conflict', fleet.startRollout(plan, strategy, options), async ({ details }) => {
          await fleet.abortRollout(String(details.rolloutId));
          return fleet.startRollout(plan, strategy, options);
        }),
    })),
    breaks: ['rollout/conflict'],
  },
  'deploys to all tenants at once': {
    change: starting((strategy) => ({ ...strategy, canary: null, waves: [] })),
    breaks: ['rollout/waves', 'control/abort', 'access/waves'],
  },
  'does not know what a tenant runs': {
    change: replacing((fleet) => ({
      getTenantRelease: async (tenantId) => ({ ...(await fleet.getTenantRelease(tenantId)), running: null }),
    })),
    breaks: ['rollout/deploy', 'release/channel', 'reads/releases'],
  },
  'does not continue a rollout': {
    change: replacing((fleet) => ({ resumeRollout: (rolloutId) => fleet.getRollout(rolloutId) })),
    breaks: ['rollout/budget', 'control/pause', 'control/rollback', 'access/pause'],
  },
  'overrides what was deployed after planning': {
    change: replacing((fleet, { deployments }) => ({
      async startRollout(plan, strategy, options) {
        const { items } = await fleet.listRolloutTenants(idOf(plan));
        for (const { tenantId } of items) {
          const latest = await deployments.latest(tenantId);
          if (latest?.bundleVersion === '2.0.0') await deployments.rollbackDeployment(tenantId, latest.id);
        }
        return fleet.startRollout(plan, strategy, options);
      },
    })),
    breaks: ['rollout/changed'],
  },
  'wants a release forever': {
    change: replacing((fleet) => ({
      async getTenantRelease(tenantId) {
        const release = await fleet.getTenantRelease(tenantId);
        return { ...release, desired: release.desired ?? 'indexed' };
      },
    })),
    breaks: ['control/abort', 'plan/groups', 'release/channel'],
  },
  'rolls nothing back': {
    change: replacing((fleet) => ({
      rollbackRollout: async (rolloutId) => ({
        ...(await fleet.getRollout(rolloutId)),
        status: 'rolled_back',
      }),
    })),
    breaks: ['control/rollback'],
  },
  'does not wait': {
    change: replacing((fleet) => ({ waitForRollout: (rolloutId) => fleet.getRollout(rolloutId) })),
    breaks: ['control/elsewhere', 'rollout/deploy'],
  },
  'attempts every tenant without an access': {
    change: starting((strategy) => ({ ...strategy, mode: 'immediate' })),
    breaks: ['access/moves', 'access/waves', 'access/keeps', 'access/elsewhere', 'access/pause'],
  },
  'has another deadline': {
    change: starting((strategy) => ({
      ...strategy,
      ...(strategy.deadlineMs !== undefined && { deadlineMs: 2 * strategy.deadlineMs }),
    })),
    breaks: ['access/deadline', 'reads/status'],
  },
  'counts no failures': {
    change: replacing((fleet) => ({
      getFleetStatus: async (selection) => ({ ...(await fleet.getFleetStatus(selection)), failures: {} }),
    })),
    breaks: ['reads/status'],
  },
  'lists tenants whether or not they are behind': {
    change: replacing((fleet) => ({
      listTenantReleases: ({ isBehind: _, ...request } = {}) => fleet.listTenantReleases(request),
    })),
    breaks: ['reads/releases'],
  },
  'finds no drift': {
    change: replacing((fleet) => ({
      reportDrift: async (...args) => ({ ...(await fleet.reportDrift(...args)), drifted: [] }),
    })),
    breaks: ['reads/drift'],
  },
  'skips tenants that cannot be read': {
    change: replacing((fleet) => ({
      async *query(...args) {
        for await (const result of fleet.query(...args)) if (!result.error) yield result;
      },
    })),
    breaks: ['reads/query'],
  },
  'cannot be aborted': {
    change: replacing((fleet) => ({
      query: (selection, object, query) => fleet.query(selection, object, query),
    })),
    breaks: ['reads/stop'],
  },
  'aggregates one tenant': {
    change: replacing((fleet) => ({
      aggregate: (selection, ...others) => {
        const { tenantIds } = selection;
        return fleet.aggregate(
          { ...selection, ...(tenantIds && { tenantIds: tenantIds.slice(0, 1) }) },
          ...others,
        );
      },
    })),
    breaks: ['reads/aggregate'],
  },
};
