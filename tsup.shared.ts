import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Options } from 'tsup';
import { thirdPartyNotices } from './scripts/src/packages/third-party-notices.js';

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

/** Build of a library. Its entries are those of the manifest, unless they are given. */
export function libraryConfig(entry = sourceEntries()) {
  return {
    entry,
    format: 'esm' as const,
    target: 'node20',
    // scripts/src/declarations writes them.
    dts: false,
    splitting: true,
    sourcemap: true,
    clean: true,
  } satisfies Options;
}

type Plugin = NonNullable<Options['esbuildPlugins']>[number];

/** Writes the licenses of the packages that a build contains beside its files. */
export const withNotices = (outDir: string): Plugin => ({
  name: 'third-party-notices',
  setup({ initialOptions, onEnd }) {
    initialOptions.metafile = true;
    onEnd(async ({ metafile }) => {
      const outputs = Object.values(metafile?.outputs ?? {});
      const files = outputs.flatMap(({ inputs }) =>
        Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
      );
      await mkdir(outDir, { recursive: true });
      await writeFile(join(outDir, 'THIRD-PARTY-LICENSES.txt'), thirdPartyNotices([...new Set(files)]));
    });
  },
});
