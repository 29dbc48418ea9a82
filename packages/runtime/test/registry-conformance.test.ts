import { describeTenantRegistry, type TestRunner } from '@objectstack/conformance';
import { isSampled, sharedPostgres } from '@objectstack/testing';
import { describe, it } from 'vitest';
import {
  fileRegistrySuite,
  pooledRegistrySuite,
  postgresRegistrySuite,
  strictRegistrySuite,
} from './registry-suite.js';

const server = sharedPostgres();

let index = 0;
const sample = (name: string, body: () => Promise<void>) =>
  isSampled(index++, 6) ? it(name, body) : it.skip(`${name} (skipped: not in the sample)`, body);
const sampled: TestRunner = { describe, it: Object.assign(sample, { skip: it.skip }) };

/** Only what processes do at once depends on the isolation level. */
const concurrent = (name: string, body: () => Promise<void>) => {
  if (/concurrent|once/.test(name.split(':')[0] ?? '')) it(name, body);
};

describeTenantRegistry({ describe, it }, fileRegistrySuite());
describeTenantRegistry({ describe, it }, postgresRegistrySuite(server));
describeTenantRegistry(sampled, pooledRegistrySuite(server));
describeTenantRegistry(
  { describe, it: Object.assign(concurrent, { skip: it.skip }) },
  strictRegistrySuite(server),
);
