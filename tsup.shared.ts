import { readFileSync } from 'node:fs';
import { defineConfig } from 'tsup';

type Manifest = { exports: Record<string, string | { 'objectstack-source'?: string }> };

/** What a package publishes is what its `exports` name: each subpath's source is one entry. */
function sourceEntries(): string[] {
  const manifest: Manifest = JSON.parse(readFileSync('package.json', 'utf8'));
  return Object.values(manifest.exports).flatMap((target) => {
    const source = typeof target === 'string' ? undefined : target['objectstack-source'];
    return source === undefined ? [] : [source.replace('./', '')];
  });
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
