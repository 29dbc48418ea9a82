import { defineConfig } from 'vitest/config';

/** Vite's own server conditions behind ours, so that packages of this workspace are read from source. */
const conditions = ['objectstack-source', 'module', 'node', 'development|production'];

export default defineConfig({
  ssr: { resolve: { conditions } },
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
