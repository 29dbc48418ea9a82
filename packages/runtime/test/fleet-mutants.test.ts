import { collectFailures, describeFleetService, FLEET_SERVICE_REQUIREMENTS } from '@objectstack/conformance';
import { IS_EXHAUSTIVE, isSampled } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { fleetSuite } from './fleet-suite.js';
import { WRONG_FLEETS } from './wrong-fleets.js';

const SUBJECT = 'fleet-service/';

const mutants = Object.entries(WRONG_FLEETS).map(([name, wrong], index) => ({ name, index, wrong }));

describe('a fleet service with one deviation', () => {
  it('there is one for every requirement', () => {
    const broken = Object.values(WRONG_FLEETS).flatMap(({ breaks }) => breaks.map((id) => SUBJECT + id));
    expect([...new Set(broken)].toSorted()).toEqual(Object.keys(FLEET_SERVICE_REQUIREMENTS).toSorted());
  });

  it.each(mutants.filter(({ index }) => isSampled(index, 4)))(
    'fails the requirements that it violates: $name',
    async ({ wrong: { breaks, change } }) => {
      const tried = IS_EXHAUSTIVE ? breaks : breaks.slice(0, 1);
      const ids = tried.map((id) => SUBJECT + id);
      const failed = await collectFailures(
        (runner) => describeFleetService(runner, fleetSuite(change)),
        (id) => ids.includes(id),
      );
      expect(failed.toSorted()).toEqual(ids.toSorted());
    },
  );
});
