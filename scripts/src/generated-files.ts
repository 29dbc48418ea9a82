import { readFile } from 'node:fs/promises';
import { readCatalog } from './catalog/catalog.js';
import { exportNames } from './catalog/export-names.js';
import { conformancePages } from './conformance/pages.js';
import { jsonSchemaFiles } from './json-schema/files.js';
import { llmsText } from './llms/llms-text.js';
import { openapiDocument } from './openapi/openapi-document.js';
import { referencePages } from './reference/reference-pages.js';
import { structurePage } from './structure/structure-page.js';

const DOCUMENTS = new URL('../../docs/README.md', import.meta.url);
const JSON_SCHEMA = 'packages/spec/json-schema';

/** Folders that contain only generated files. */
export const GENERATED_FOLDERS: readonly string[] = [JSON_SCHEMA, 'docs/reference', 'docs/conformance'];

/** Everything that is generated from the protocol, by its path in this repository. */
export async function generatedFiles(): Promise<Map<string, string>> {
  const catalog = await readCatalog();
  const files = new Map<string, string>();
  for (const [name, text] of jsonSchemaFiles(catalog)) files.set(`${JSON_SCHEMA}/${name}`, text);
  files.set('packages/spec/openapi.json', `${JSON.stringify(openapiDocument(catalog), null, 2)}\n`);
  for (const [path, text] of await referencePages(catalog)) files.set(path, text);
  files.set('packages/spec/test/exports.txt', exportNames(catalog));
  for (const [name, text] of conformancePages()) files.set(`docs/conformance/${name}`, text);
  files.set('docs/structure.md', structurePage());
  files.set('llms.txt', llmsText(catalog, await readFile(DOCUMENTS, 'utf8')));
  return files;
}
