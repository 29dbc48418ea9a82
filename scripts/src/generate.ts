import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { readCatalogue } from './catalogue/catalogue.js';
import { conformancePages } from './conformance/pages.js';
import { jsonSchemaFiles } from './json-schema/files.js';

const FOLDER = fileURLToPath(new URL('../../packages/spec/json-schema/', import.meta.url));

/** Writes the files, and removes what does not belong to them any more. */
async function replaceFolder(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder))
    if (!files.has(name)) await rm(`${folder}${name}`, { recursive: true });
  for (const [name, text] of files) await writeFile(`${folder}${name}`, text);
}

const files = jsonSchemaFiles(await readCatalogue());
await replaceFolder(FOLDER, files);
console.log(`${files.size} files in packages/spec/json-schema`);
for (const [name, page] of conformancePages())
  await writeFile(new URL(`../../docs/conformance/${name}`, import.meta.url), page);
