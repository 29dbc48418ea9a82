import { collectFailures, describeTenantRouter, TENANT_ROUTER_REQUIREMENTS } from '@objectstack/conformance';
import { IS_EXHAUSTIVE, isSampled, sampleOf } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { routerSuite } from './router-suite.js';
import { wrongCaches } from './wrong-routers/wrong-caches.js';
import { wrongSelectors } from './wrong-routers/wrong-selectors.js';

const WRONG = { ...wrongSelectors, ...wrongCaches };

const SUBJECT = 'tenant-router/';

const mutants = Object.entries(WRONG).map(([name, wrong], index) => ({ name, index, wrong }));

describe('a tenant router with one deviation', () => {
  it('there is one for every requirement', () => {
    const broken = Object.values(WRONG).flatMap(({ breaks }) => breaks.map((id) => SUBJECT + id));
    expect([...new Set(broken)].toSorted()).toEqual(Object.keys(TENANT_ROUTER_REQUIREMENTS).toSorted());
  });

  it.each(sampleOf(mutants, 3))(
    'fails exactly the requirements that it violates: $name',
    async ({ index, wrong: { breaks, change } }) => {
      const tried = IS_EXHAUSTIVE ? breaks : breaks.filter((_, at) => at === 0 || isSampled(index + at, 4));
      const failed = await collectFailures(
        (runner) => describeTenantRouter(runner, routerSuite(change)),
        (id) => IS_EXHAUSTIVE || tried.includes(id.slice(SUBJECT.length)),
      );
      expect(failed.toSorted()).toEqual(tried.map((id) => SUBJECT + id).toSorted());
    },
  );
});
