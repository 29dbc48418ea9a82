import { describeTenantRouter } from '@objectstack/conformance';
import { describe, it } from 'vitest';
import { routerSuite } from './router-suite.js';

describeTenantRouter({ describe, it }, routerSuite());
