import { describe, expectTypeOf, it } from 'vitest';
import type { Rollout } from '../system/fleet/rollout.zod.js';
import type { RolloutPlan } from '../system/fleet/rollout-plan.zod.js';
import type { IFleetService } from './fleet-service.js';

declare const fleet: IFleetService;

describe('IFleetService', () => {
  it('starts a plan or the id of its rollout', () => {
    expectTypeOf(fleet.startRollout).parameter(0).toEqualTypeOf<RolloutPlan | string>();
    expectTypeOf(fleet.startRollout).returns.resolves.toEqualTypeOf<Rollout>();
  });

  it('streams the progress of a rollout', () => {
    expectTypeOf(fleet.watchRollout).returns.toEqualTypeOf<AsyncIterable<Rollout>>();
  });
});
