import { readFile } from 'node:fs/promises';
import { readCatalogue } from './catalogue/catalogue.js';
import { exportNames } from './catalogue/export-names.js';
import { conformancePages } from './conformance/pages.js';
import { jsonSchemaFiles } from './json-schema/files.js';
import { llmsText } from './llms/llms-text.js';
import { openapiDocument } from './openapi/openapi-document.js';
import { referencePages } from './reference/reference-pages.js';

const DOCUMENTS = new URL('../../docs/README.md', import.meta.url);
const JSON_SCHEMA = 'packages/spec/json-schema';

/** Folders that hold nothing but generated files. */
export const GENERATED_FOLDERS: readonly string[] = [JSON_SCHEMA, 'docs/reference', 'docs/conformance'];

/** Everything that is generated from the protocol, by its path in this repository. */
export async function generatedFiles(): Promise<Map<string, string>> {
  const catalogue = await readCatalogue();
  const files = new Map<string, string>();
  for (const [name, text] of jsonSchemaFiles(catalogue)) files.set(`${JSON_SCHEMA}/${name}`, text);
  files.set('packages/spec/openapi.json', `${JSON.stringify(openapiDocument(catalogue), null, 2)}\n`);
  for (const [path, text] of await referencePages(catalogue)) files.set(path, text);
  files.set('packages/spec/test/exports.txt', exportNames(catalogue));
  for (const [name, text] of conformancePages()) files.set(`docs/conformance/${name}`, text);
  files.set('llms.txt', llmsText(catalogue, await readFile(DOCUMENTS, 'utf8')));
  return files;
}
