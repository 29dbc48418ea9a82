import { defineConfig, type Options } from 'tsup';
import { libraryConfig, withNotices } from '../../tsup.shared.js';

const COMMAND = 'dist/command';

type Plugin = NonNullable<Options['esbuildPlugins']>[number];

/** Leaves out the messages of Zod in other languages, which no code selects and which are a seventh of all code. */
const englishOnly: Plugin = {
  name: 'english-only',
  setup({ onLoad }) {
    onLoad({ filter: /zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
    }));
  },
};

/**
 * The command with everything that it needs in a few files: loading hundreds of modules would take longer than most commands
 * run. Only native code, the loader of TypeScript files and optional clients are loaded from where they are installed.
 */
const command: Options = {
  entry: ['src/bin.ts'],
  outDir: COMMAND,
  format: 'esm',
  target: 'node20',
  platform: 'node',
  splitting: true,
  sourcemap: false,
  clean: true,
  dts: false,
  noExternal: [/^(?!(?:libsql|jiti|pg|aws4fetch)$)/],
  // CommonJS modules in the bundle require modules of Node.js.
  banner: {
    js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
  },
  minify: true,
  esbuildOptions(options) {
    options.legalComments = 'none';
    // From the sources, a command gets only the modules that it uses; a built package is one file.
    options.conditions = ['objectstack-source'];
  },
  esbuildPlugins: [englishOnly, withNotices(COMMAND)],
};

export default defineConfig([{ ...libraryConfig(['src/index.ts']), clean: ['!command'] }, command]);
