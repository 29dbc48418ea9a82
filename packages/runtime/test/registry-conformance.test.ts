import { describeTenantRegistry, type TestRunner } from '@objectstack/conformance';
import { sampledIt, sharedPostgres, temporaryFolder } from '@objectstack/testing';
import { describe, it } from 'vitest';
import {
  fileRegistrySuite,
  pooledRegistrySuite,
  postgresRegistrySuite,
  strictRegistrySuite,
} from './registry-suite.js';
import { newSchemas, reusedSchemas } from './reused-schemas.js';

const server = sharedPostgres();
const schemas = reusedSchemas(server);

type Test = TestRunner['it'];
const tests = (run: (name: string, body: () => Promise<void>) => unknown): Test =>
  Object.assign(run, { skip: it.skip });
/** A runner of the requirements with these ids. */
const where = (isRun: (id: string) => boolean, test: Test = it): TestRunner => ({
  describe,
  it: tests((name, body) => isRun(name.split(':')[0] ?? '') && test(name, body)),
});
const isOfNewDatabase = (id: string) => id.endsWith('/initialize/concurrent');
const isAtOnce = (id: string) => /concurrent|once/.test(id);
const isOther = (id: string) => !isOfNewDatabase(id);
const newDatabases = where(isOfNewDatabase);
const others = where(isOther);
/** On PostgreSQL: what processes do at once, and some of the others, unless tests are exhaustive. */
const third = sampledIt(it, 3);
const onPostgres = where(
  isOther,
  tests((name, body) => (isAtOnce(name.split(':')[0] ?? '') ? it(name, body) : third(name, body))),
);
const few = where(isOther, tests(sampledIt(it, 10)));
/** Only what processes do at once depends on the isolation level. */
const concurrent = where((id) => isAtOnce(id) && isOther(id), tests(sampledIt(it, 3)));

describe('that exists', () => {
  describeTenantRegistry(others, fileRegistrySuite());
  describeTenantRegistry(onPostgres, postgresRegistrySuite(schemas));
  describeTenantRegistry(few, pooledRegistrySuite(schemas));
  describeTenantRegistry(concurrent, strictRegistrySuite(schemas));
});

describe('that is new', () => {
  describeTenantRegistry(newDatabases, fileRegistrySuite(undefined, temporaryFolder));
  describeTenantRegistry(newDatabases, postgresRegistrySuite(newSchemas(server)));
  describeTenantRegistry(newDatabases, pooledRegistrySuite(server));
  describeTenantRegistry(newDatabases, strictRegistrySuite(server));
});
