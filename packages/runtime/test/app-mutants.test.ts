import {
  APP_LIFECYCLE_REQUIREMENTS,
  collectFailures,
  describeAppLifecycleService,
} from '@objectstack/conformance';
import { isSampled } from '@objectstack/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { openAppRuntime } from './app-suite.js';
import { WRONG_APPS } from './wrong-apps/wrong-apps.js';

const SUBJECT = 'app-lifecycle-service/';
/** One of so many mutants runs unless tests are exhaustive. */
const EVERY = 12;

const { suite, close } = await openAppRuntime();
afterAll(close);

describe('an app lifecycle service with one deviation', () => {
  it('there is one for every requirement', () => {
    const broken = Object.values(WRONG_APPS).flatMap(({ breaks }) => breaks.map((id) => SUBJECT + id));
    expect([...new Set(broken)].toSorted()).toEqual(Object.keys(APP_LIFECYCLE_REQUIREMENTS).toSorted());
  });

  it.each(Object.entries(WRONG_APPS).filter((_, index) => isSampled(index, EVERY)))(
    'fails the requirements that it violates: %s',
    async (_, { breaks, change }) => {
      const ids = breaks.map((id) => SUBJECT + id);
      const failed = await collectFailures(
        (runner) => describeAppLifecycleService(runner, suite(change)),
        (id) => ids.includes(id),
      );
      expect(failed.toSorted()).toEqual(ids.toSorted());
    },
  );
});
