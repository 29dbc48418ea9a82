import { describeQuotaService } from '@objectstack/conformance';
import { isSampled, sharedPostgres } from '@objectstack/testing';
import { describe, it } from 'vitest';
import { quotaSuite } from './quota-suite.js';
import { reusedSchemas } from './reused-schemas.js';

describeQuotaService({ describe, it }, quotaSuite());
/** The statements are the same on PostgreSQL: each of so many of the others is a test there. */
const EVERY = 4;
/** Reservations at once are what depends on the database. */
const AT_ONCE = /quota-service\/reserve\/processes/;
let index = 0;
const sample = (name: string, body: () => Promise<void>) =>
  AT_ONCE.test(name) || isSampled(index++, EVERY)
    ? it(name, body)
    : it.skip(`${name} (skipped: not in the sample)`, body);

describeQuotaService(
  { describe, it: Object.assign(sample, { skip: it.skip }) },
  quotaSuite(undefined, reusedSchemas(sharedPostgres())),
);
