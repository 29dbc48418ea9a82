import { describeTenantRegistry, type TestRunner } from '@objectstack/conformance';
import { isSampled, sharedPostgres, temporaryFolder } from '@objectstack/testing';
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

/** A runner of the requirements with these ids. */
const where = (isRun: (id: string) => boolean): TestRunner => ({
  describe,
  it: Object.assign(
    (name: string, body: () => Promise<void>) => isRun(name.split(':')[0] ?? '') && it(name, body),
    { skip: it.skip },
  ),
});
const isOfNewDatabase = (id: string) => id.endsWith('/initialize/concurrent');
const newDatabases = where(isOfNewDatabase);
const others = where((id) => !isOfNewDatabase(id));
/** Only what processes do at once depends on the isolation level. */
const concurrent = where((id) => /concurrent|once/.test(id) && !isOfNewDatabase(id));

/** Statements that run in a file and on PostgreSQL are tested in a file, and some of them on PostgreSQL. */
const EVERY = 10;
let index = 0;
const sample = (name: string, body: () => Promise<void>) =>
  isSampled(index++, EVERY) ? it(name, body) : it.skip(`${name} (skipped: not in the sample)`, body);
const sampled: TestRunner = { describe, it: Object.assign(sample, { skip: it.skip }) };

describe('that exists', () => {
  describeTenantRegistry(others, fileRegistrySuite());
  describeTenantRegistry(others, postgresRegistrySuite(schemas));
  describeTenantRegistry(sampled, pooledRegistrySuite(schemas));
  describeTenantRegistry(concurrent, strictRegistrySuite(schemas));
});

describe('that is new', () => {
  describeTenantRegistry(newDatabases, fileRegistrySuite(undefined, temporaryFolder));
  describeTenantRegistry(newDatabases, postgresRegistrySuite(newSchemas(server)));
  describeTenantRegistry(newDatabases, pooledRegistrySuite(server));
  describeTenantRegistry(newDatabases, strictRegistrySuite(server));
});
