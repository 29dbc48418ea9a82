import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { completedBarrels } from './barrels/completed-barrels.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Files in a folder that are no longer generated. */
async function strayFiles(folder: string, files: ReadonlyMap<string, string>): Promise<string[]> {
  const entries = await readdir(join(ROOT, folder), { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !files.has(path.slice(ROOT.length).replaceAll('\\', '/')));
}

async function writeFiles(files: ReadonlyMap<string, string>): Promise<void> {
  for (const [path, text] of files) {
    await mkdir(join(ROOT, dirname(path)), { recursive: true });
    await writeFile(join(ROOT, path), text);
  }
}

await writeFiles(await completedBarrels());
// Imported after the barrels are written, because the catalog reads their exports.
const { GENERATED_FOLDERS, generatedFiles } = await import('./generated-files.js');
const files = await generatedFiles();
for (const folder of GENERATED_FOLDERS) for (const path of await strayFiles(folder, files)) await rm(path);
await writeFiles(files);
console.log(`${files.size} files`);
