import type { Catalog } from '../catalog/catalog.js';
import { contractPages } from './contracts/contract-pages.js';
import { driversPage } from './drivers-page.js';
import { errorPage } from './error-page.js';
import { indexPage } from './index-page.js';
import { mistakesPage } from './mistakes-page.js';
import { modulePage } from './module-page.js';
import { DRIVERS_PAGE, ERRORS_PAGE, INDEX_PAGE, MISTAKES_PAGE, pageOf } from './places.js';
import { referenceContext } from './reference-context.js';

/** Every page of the reference, by its path in this repository. */
export async function referencePages(catalog: Catalog): Promise<Map<string, string>> {
  const { pages, methodPlaces } = await contractPages(catalog);
  const context = referenceContext(catalog, methodPlaces);
  const files = [...new Set(catalog.entries.map(({ file }) => file))].sort();
  return new Map([
    [INDEX_PAGE, indexPage(context)],
    [ERRORS_PAGE, errorPage(context)],
    [MISTAKES_PAGE, mistakesPage()],
    [DRIVERS_PAGE, driversPage(catalog.sources)],
    ...files.map((file): [string, string] => [pageOf(file), modulePage(file, context)]),
    ...pages,
  ]);
}
