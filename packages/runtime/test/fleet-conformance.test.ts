import { describeFleetService } from '@objectstack/conformance';
import { IS_EXHAUSTIVE, sharedPostgres } from '@objectstack/testing';
import { describe, it } from 'vitest';
import { fleetSuite } from './fleet-suite.js';
import { reusedSchemas } from './reused-schemas.js';

describeFleetService({ describe, it }, fleetSuite());
if (IS_EXHAUSTIVE)
  describeFleetService({ describe, it }, fleetSuite(undefined, reusedSchemas(sharedPostgres())));
