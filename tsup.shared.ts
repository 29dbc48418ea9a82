import { readFileSync } from 'node:fs';
import { defineConfig } from 'tsup';

type Manifest = {
  exports: Record<string, string | { 'objectstack-source'?: string }>;
  bin?: Record<string, string>;
};

/** What a package publishes is what its `exports` and `bin` name: the source of each is one entry. */
function sourceEntries(): string[] {
  const manifest: Manifest = JSON.parse(readFileSync('package.json', 'utf8'));
  const commands = Object.values(manifest.bin ?? {}).map((path) =>
    path.replace(/^\.\/dist\/(.*)\.js$/, 'src/$1.ts'),
  );
  const subpaths = Object.values(manifest.exports).flatMap((target) => {
    const source = typeof target === 'string' ? undefined : target['objectstack-source'];
    return source === undefined ? [] : [source.replace('./', '')];
  });
  return [...subpaths, ...commands];
}

export function libraryConfig() {
  return defineConfig({
    entry: sourceEntries(),
    format: 'esm',
    target: 'node20',
    // scripts/src/declarations writes them.
    dts: false,
    splitting: true,
    sourcemap: true,
    clean: true,
  });
}
