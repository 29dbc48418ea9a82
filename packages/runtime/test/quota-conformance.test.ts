import { describeQuotaService } from '@objectstack/conformance';
import { sharedPostgres } from '@objectstack/testing';
import { describe, it } from 'vitest';
import { quotaSuite } from './quota-suite.js';
import { reusedSchemas } from './reused-schemas.js';

describeQuotaService({ describe, it }, quotaSuite());
describeQuotaService({ describe, it }, quotaSuite(undefined, reusedSchemas(sharedPostgres())));
