import { collectFailures, describeQuotaService, QUOTA_SERVICE_REQUIREMENTS } from '@objectstack/conformance';
import { IS_EXHAUSTIVE, isSampled, sampleOf } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { quotaSuite } from './quota-suite.js';
import { WRONG_QUOTAS } from './wrong-quotas.js';

const SUBJECT = 'quota-service/';

const mutants = Object.entries(WRONG_QUOTAS).map(([name, wrong], index) => ({ name, index, wrong }));

describe('a quota service with one deviation', () => {
  it('there is one for every requirement', () => {
    const broken = Object.values(WRONG_QUOTAS).flatMap(({ breaks }) => breaks.map((id) => SUBJECT + id));
    expect([...new Set(broken)].toSorted()).toEqual(Object.keys(QUOTA_SERVICE_REQUIREMENTS).toSorted());
  });

  it.each(sampleOf(mutants, 3))(
    'fails the requirements that it violates: $name',
    async ({ index, wrong: { breaks, change } }) => {
      const tried = IS_EXHAUSTIVE ? breaks : breaks.filter((_, at) => at === 0 || isSampled(index + at, 4));
      const ids = tried.map((id) => SUBJECT + id);
      const failed = await collectFailures(
        (runner) => describeQuotaService(runner, quotaSuite(change)),
        (id) => ids.includes(id),
      );
      expect(failed.toSorted()).toEqual(ids.toSorted());
    },
  );
});
