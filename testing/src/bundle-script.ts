import { mkdtemp } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';

const REQUIRE = `import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);`;

/** libSQL loads its native code relative to its own file, so it is imported instead of bundled. */
const LIBSQL_AS_INSTALLED: Plugin = {
  name: 'libsql-as-installed',
  setup({ onResolve }) {
    onResolve({ filter: /^libsql$/ }, ({ path, importer }) => ({
      path: createRequire(importer).resolve(path),
      external: true,
    }));
  },
};

const bundles = new Map<string, Promise<string>>();

async function bundle(script: string): Promise<string> {
  const outfile = join(await mkdtemp(join(tmpdir(), 'objectstack-script-')), 'script.mjs');
  await build({
    entryPoints: [script],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    conditions: ['objectstack-source'],
    banner: { js: REQUIRE },
    sourcemap: 'inline',
    logLevel: 'error',
    plugins: [LIBSQL_AS_INSTALLED],
  });
  return outfile;
}

/**
 * Bundles a script with all its imports into one JavaScript file and returns its path: a process starts it four times
 * faster than with separate modules. Built once by each worker, in the temporary folder of the run.
 */
export function bundleScript(script: string): Promise<string> {
  const bundled = bundles.get(script) ?? bundle(script);
  bundles.set(script, bundled);
  return bundled;
}
