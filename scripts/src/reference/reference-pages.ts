import type { Catalogue } from '../catalogue/catalogue.js';
import { contractPages } from './contracts/contract-pages.js';
import { errorPage } from './error-page.js';
import { indexPage } from './index-page.js';
import { modulePage } from './module-page.js';
import { ERRORS_PAGE, INDEX_PAGE, pageOf } from './places.js';
import { referenceContext } from './reference-context.js';

/** Every page of the reference, by its path in this repository. */
export async function referencePages(catalogue: Catalogue): Promise<Map<string, string>> {
  const { pages, methodPlaces } = await contractPages(catalogue);
  const context = referenceContext(catalogue, methodPlaces);
  const files = [...new Set(catalogue.entries.map(({ file }) => file))].sort();
  return new Map([
    [INDEX_PAGE, indexPage(context)],
    [ERRORS_PAGE, errorPage(context)],
    ...files.map((file): [string, string] => [pageOf(file), modulePage(file, context)]),
    ...pages,
  ]);
}
