import {
  collectFailures,
  describeProvisioningService,
  PROVISIONING_SERVICE_REQUIREMENTS,
} from '@objectstack/conformance';
import { IS_EXHAUSTIVE, sampleOf } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { localProvisioningSuite } from './provisioning-suite.js';
import { WRONG_SERVICES } from './wrong-provisioning/wrong-services.js';

const SUBJECT = 'provisioning-service/';

describe('a provisioning service with one deviation', () => {
  it('there is one for every requirement', () => {
    const broken = Object.values(WRONG_SERVICES).flatMap(({ breaks }) => breaks.map((id) => SUBJECT + id));
    expect([...new Set(broken)].toSorted()).toEqual(
      Object.keys(PROVISIONING_SERVICE_REQUIREMENTS).toSorted(),
    );
  });

  it.each(sampleOf(Object.entries(WRONG_SERVICES), 2))(
    'fails exactly the requirements that it violates: %s',
    async (_, { breaks, methods }) => {
      const suite = localProvisioningSuite((process) => ({ ...process.provisioning, ...methods(process) }));
      const failed = await collectFailures(
        (runner) => describeProvisioningService(runner, suite),
        (id) => IS_EXHAUSTIVE || breaks.includes(id.slice(SUBJECT.length)),
      );
      expect(failed.toSorted()).toEqual(breaks.map((id) => SUBJECT + id).toSorted());
    },
  );
});
