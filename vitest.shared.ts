import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Ours, so that packages of this workspace are read from source, and then those of Node: not `module`, which only bundlers read. */
const conditions = ['objectstack-source', 'node', 'development|production'];

/** Far above what a test needs on an idle machine: beside other work, servers and processes start slowly. */
const LIMIT_MS = Number(process.env.OBJECTSTACK_RUNS ?? 0) >= 1 ? 600_000 : 180_000;

export default defineConfig({
  ssr: { resolve: { conditions } },
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // Loading the modules takes longer than most tests: the files that one worker runs share them.
    isolate: false,
    setupFiles: [fileURLToPath(new URL('vitest.time-limit.ts', import.meta.url))],
    testTimeout: LIMIT_MS,
    hookTimeout: LIMIT_MS,
  },
});
