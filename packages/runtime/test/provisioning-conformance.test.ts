import { describeProvisioningService } from '@objectstack/conformance';
import { IS_EXHAUSTIVE, sharedPostgres } from '@objectstack/testing';
import { describe, it } from 'vitest';
import {
  cloudProvisioningSuite,
  localProvisioningSuite,
  postgresProvisioningSuite,
  serverProvisioningSuite,
} from './provisioning-suite.js';
import { reusedSchemas } from './reused-schemas.js';

const server = reusedSchemas(sharedPostgres());

describeProvisioningService({ describe, it }, localProvisioningSuite());
describeProvisioningService({ describe, it }, postgresProvisioningSuite(server));

describe.runIf(IS_EXHAUSTIVE)('with a server for each requirement', () => {
  describeProvisioningService({ describe, it }, serverProvisioningSuite());
  describeProvisioningService({ describe, it }, cloudProvisioningSuite());
});
