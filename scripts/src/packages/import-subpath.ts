import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Records the modules that Node.js loads. Its hooks run in their own thread, so that a file is used to share the list.
 */
const HOOK = `
import { appendFileSync } from 'node:fs';
export function load(url, context, next) {
  appendFileSync(process.env.LOADED, url + '\\n');
  return next(url, context);
}`;
const PROBE = `
import { register } from 'node:module';
register('data:text/javascript,' + encodeURIComponent(process.env.HOOK));
console.log(JSON.stringify(Object.keys(await import(process.env.SPECIFIER)).sort()));`;

export interface Imported {
  /** Names of the runtime exports of the module. */
  readonly names: readonly string[];
  /** The sources of the package, under its folder, that the loaded files were built from. */
  readonly sources: readonly string[];
}

async function sourcesOf(file: string, root: string): Promise<string[]> {
  const { sources }: { sources: string[] } = JSON.parse(await readFile(`${file}.map`, 'utf8'));
  return sources.map((source) => relative(root, resolve(dirname(file), source)).replaceAll(sep, '/'));
}

/** Imports a subpath in a separate Node.js process, as a user of the package does. */
export async function importSubpath(project: string, name: string, specifier: string): Promise<Imported> {
  const loaded = join(project, `loaded ${specifier.replaceAll('/', '_')}`);
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', PROBE], {
    cwd: project,
    env: { ...process.env, NODE_OPTIONS: '', HOOK, LOADED: loaded, SPECIFIER: specifier },
  });
  const root = join(project, 'node_modules', name);
  const files = (await readFile(loaded, 'utf8'))
    .split('\n')
    .filter((url) => url.startsWith('file:'))
    .map((url) => fileURLToPath(url))
    .filter((file) => file.startsWith(join(root, 'dist') + sep));
  const sources = await Promise.all(files.map((file) => sourcesOf(file, root)));
  return { names: JSON.parse(stdout), sources: [...new Set(sources.flat())].sort() };
}
