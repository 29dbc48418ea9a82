import {
  collectFailures,
  describeTenantRegistry,
  TENANT_REGISTRY_REQUIREMENTS,
} from '@objectstack/conformance';
import { IS_EXHAUSTIVE, sampleOf, temporaryFolder } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { fileRegistrySuite } from './registry-suite.js';
import { wrongAudits } from './wrong-registries/wrong-audits.js';
import { wrongCopies } from './wrong-registries/wrong-copies.js';
import { wrongCreations } from './wrong-registries/wrong-creations.js';
import { wrongDeployments } from './wrong-registries/wrong-deployments.js';
import { wrongFencing } from './wrong-registries/wrong-fencing.js';
import { wrongNames, wrongSelections } from './wrong-registries/wrong-names.js';
import { wrongPools } from './wrong-registries/wrong-pools.js';
import { registryWith } from './wrong-registries/wrong-registry.js';
import { wrongSteps } from './wrong-registries/wrong-steps.js';
import { wrongTemplates } from './wrong-registries/wrong-templates.js';
import { wrongTenants } from './wrong-registries/wrong-tenants.js';
import { wrongUpdates } from './wrong-registries/wrong-updates.js';

const WRONG = {
  ...wrongTenants,
  ...wrongCreations,
  ...wrongUpdates,
  ...wrongSelections,
  ...wrongNames,
  ...wrongSteps,
  ...wrongDeployments,
  ...wrongAudits,
  ...wrongFencing,
  ...wrongTemplates,
  ...wrongPools,
  ...wrongCopies,
};

const SUBJECT = 'tenant-registry/';

describe('a tenant registry with one deviation', () => {
  it('there is one for every requirement', () => {
    const broken = Object.values(WRONG).flatMap(({ breaks }) => breaks.map((id) => SUBJECT + id));
    expect([...new Set(broken)].toSorted()).toEqual(Object.keys(TENANT_REGISTRY_REQUIREMENTS).toSorted());
  });

  it.each(sampleOf(Object.entries(WRONG), 5))(
    'fails exactly the requirements that it violates: %s',
    async (_, wrong) => {
      const isOfNewDatabase = wrong.breaks.some((id) => id.startsWith('initialize/'));
      const folder = IS_EXHAUSTIVE || isOfNewDatabase ? temporaryFolder : undefined;
      const options = fileRegistrySuite(registryWith(wrong), folder);
      const failed = await collectFailures(
        (runner) => describeTenantRegistry(runner, options),
        (id) => IS_EXHAUSTIVE || wrong.breaks.includes(id.slice(SUBJECT.length)),
      );
      expect(failed.toSorted()).toEqual(wrong.breaks.map((id) => SUBJECT + id).toSorted());
    },
  );
});
