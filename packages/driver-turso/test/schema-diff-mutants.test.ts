import { collectFailures, describeSchemaDiffService } from '@objectstack/conformance';
import type { ISchemaDiffService } from '@objectstack/spec/contracts';
import { IS_EXHAUSTIVE, sampleOf } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { createTursoDriver } from '../src/driver/create-turso-driver.js';
import { KNOWN_FAILURES } from './known-failures.js';
import { wrongApplies } from './wrong-services/wrong-applies.js';
import { wrongBackfills } from './wrong-services/wrong-backfills.js';
import { wrongBaselines } from './wrong-services/wrong-baselines.js';
import { wrongDiffs } from './wrong-services/wrong-diffs.js';
import { wrongPlans } from './wrong-services/wrong-plans.js';
import { wrongRefusals } from './wrong-services/wrong-refusals.js';
import { wrongRollbacks } from './wrong-services/wrong-rollbacks.js';
import { serviceWith } from './wrong-services/wrong-service.js';
import { wrongWeakenings } from './wrong-services/wrong-weakenings.js';

const WRONG = {
  ...wrongDiffs,
  ...wrongPlans,
  ...wrongApplies,
  ...wrongRefusals,
  ...wrongWeakenings,
  ...wrongRollbacks,
  ...wrongBackfills,
  ...wrongBaselines,
};

const SUBJECT = 'schema-diff-service/';
const groupOf = (id: string) => id.split('/')[0] ?? '';
/** Requirements with which a mutant is run: all of them take hours, only its groups take minutes. */
const isTried = (id: string, breaks: readonly string[]) =>
  IS_EXHAUSTIVE ? breaks.some((broken) => groupOf(broken) === groupOf(id)) : breaks.includes(id);

const suite = (service: ISchemaDiffService) => ({
  name: 'in memory',
  create: async () => {
    const driver = createTursoDriver({ url: ':memory:' });
    await driver.connect();
    return { service, driver, destroy: () => driver.disconnect() };
  },
  knownFailures: KNOWN_FAILURES,
});

describe('a schema diff service with one deviation', () => {
  it('has at least forty mutants', () => {
    expect(Object.keys(WRONG).length).toBeGreaterThanOrEqual(40);
  });

  it.each(sampleOf(Object.entries(WRONG), 4))(
    'fails exactly the requirements that it violates: %s',
    async (_, { breaks, methods }) => {
      const options = suite(serviceWith(methods()));
      const failed = await collectFailures(
        (runner) => describeSchemaDiffService(runner, options),
        (id) => isTried(id.slice(SUBJECT.length), breaks),
      );
      expect(failed.toSorted()).toEqual(breaks.map((id) => SUBJECT + id).toSorted());
    },
  );
});
