import { defineConfig } from 'vitest/config';

/** Vite's own server conditions behind ours, so that packages of this workspace are read from source. */
const conditions = ['objectstack-source', 'module', 'node', 'development|production'];

export default defineConfig({
  ssr: { resolve: { conditions } },
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // Child processes of tests run through tsx, which would leave its cache in the temporary folder.
    env: { TSX_DISABLE_CACHE: '1' },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
