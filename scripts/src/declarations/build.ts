import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { declarationsOf } from './declarations-of.js';

/** Writes the declarations of the package in the current folder, beside the scripts that tsup has built. */
const folder = process.cwd();
const declarations = await declarationsOf(
  folder,
  JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')),
);
for (const [path, text] of declarations) {
  const file = join(folder, 'dist', path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}
console.log(`${declarations.size} declarations`);
