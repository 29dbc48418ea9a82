import { appLifecycleServicePage } from './app-lifecycle-service-page.js';
import { bundleStorePage } from './bundle-store-page.js';
import { dataDriverPage } from './data-driver-page.js';
import { fleetServicePage } from './fleet-service-page.js';
import { provisioningServicePage } from './provisioning-service-page.js';
import { quotaServicePage } from './quota-service-page.js';
import { requirementsPage } from './requirements-page.js';
import { schemaDiffServicePage } from './schema-diff-service-page.js';
import { secretSealerPage } from './secret-sealer-page.js';
import { tenantRegistryPage } from './tenant-registry-page.js';
import { tenantRouterPage } from './tenant-router-page.js';
import { tursoPlatformServicePage } from './turso-platform-service-page.js';

/** Every page under docs/conformance, by its file name. */
export const conformancePages = (): ReadonlyMap<string, string> =>
  new Map([
    ['app-lifecycle-service.md', requirementsPage(appLifecycleServicePage)],
    ['bundle-store.md', requirementsPage(bundleStorePage)],
    ['data-driver.md', requirementsPage(dataDriverPage)],
    ['fleet-service.md', requirementsPage(fleetServicePage)],
    ['provisioning-service.md', requirementsPage(provisioningServicePage)],
    ['schema-diff-service.md', requirementsPage(schemaDiffServicePage)],
    ['secret-sealer.md', requirementsPage(secretSealerPage)],
    ['tenant-registry.md', requirementsPage(tenantRegistryPage)],
    ['quota-service.md', requirementsPage(quotaServicePage)],
    ['tenant-router.md', requirementsPage(tenantRouterPage)],
    ['turso-platform-service.md', requirementsPage(tursoPlatformServicePage)],
  ]);
