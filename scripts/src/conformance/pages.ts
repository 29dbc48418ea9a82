import { dataDriverPage } from './data-driver-page.js';
import { requirementsPage } from './requirements-page.js';
import { schemaDiffServicePage } from './schema-diff-service-page.js';

/** Every page under docs/conformance, by its file name. */
export const conformancePages = (): ReadonlyMap<string, string> =>
  new Map([
    ['data-driver.md', requirementsPage(dataDriverPage)],
    ['schema-diff-service.md', requirementsPage(schemaDiffServicePage)],
  ]);
