import { readCatalogue } from './catalogue/catalogue.js';
import { requirementsPage } from './conformance/requirements-page.js';
import { jsonSchemaFiles } from './json-schema/files.js';
import { openapiDocument } from './openapi/openapi-document.js';
import { referencePages } from './reference/reference-pages.js';

const JSON_SCHEMA = 'packages/spec/json-schema';

/** Folders that hold nothing but generated files. */
export const GENERATED_FOLDERS: readonly string[] = [JSON_SCHEMA, 'docs/reference'];

/** Everything that is generated from the protocol, by its path in this repository. */
export async function generatedFiles(): Promise<Map<string, string>> {
  const catalogue = await readCatalogue();
  const files = new Map<string, string>();
  for (const [name, text] of jsonSchemaFiles(catalogue)) files.set(`${JSON_SCHEMA}/${name}`, text);
  files.set('packages/spec/openapi.json', `${JSON.stringify(openapiDocument(catalogue), null, 2)}\n`);
  for (const [path, text] of await referencePages(catalogue)) files.set(path, text);
  files.set('docs/conformance/data-driver.md', requirementsPage());
  return files;
}
