import { defineConfig } from 'vitest/config';

/** Vite's own server conditions behind ours, so that packages of this workspace are read from source. */
const conditions = ['objectstack-source', 'module', 'node', 'development|production'];

export default defineConfig({
  ssr: { resolve: { conditions } },
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // Loading the modules takes longer than most tests: the files that one worker runs share them.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
