import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { defineConfig, mergeConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import shared from './vitest.shared.js';

const floor = { lines: 85, statements: 85, branches: 75 };

/** Vitest's `perFile` is all or nothing; a key for each file of the protocol holds every one of them to its own number. */
function eachProtocolFile() {
  const folder = 'packages/spec/src';
  const files = readdirSync(new URL(folder, import.meta.url), { recursive: true, encoding: 'utf8' });
  const sources = files
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /(?<!\.test|\.test-d)\.ts$/.test(file) && !/^contracts\/|(^|\/)index\.ts$/.test(file));
  return Object.fromEntries(
    sources.map((file) => [`${folder}/${file}`, { branches: 90, lines: 95, statements: 95 }]),
  );
}

/** Files that take long, named here because a fresh clone has no record of it. Last, they would run alone. */
const LONG =
  /conformance\.test|\/(demo|agreement|compare-declarations)\.test|\/killed-|-processes\.test|-planes\.test/;

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => LONG.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

/** One project: each worker loads every module once, and no package waits for the slowest test of another one. */
const tests = mergeConfig(shared, {
  test: {
    name: 'tests',
    include: ['packages', 'examples']
      .map((folder) => `${folder}/*/{src,test}/**/*.test.ts`)
      .concat('scripts/src/**/*.test.ts'),
  },
});

const reportFile = process.env.OBJECTSTACK_TEST_REPORT;

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    // Transformed modules, for the next run.
    experimental: { fsModuleCache: true },
    globalSetup: ['vitest.scratch.ts', 'testing/src/postgres-server.ts', 'testing/src/s3/swift-server.ts'],
    // Many tests wait for a process, a server or a deadline: more workers than cores keep the cores busy.
    maxWorkers: Math.ceil(1.5 * availableParallelism()),
    projects: [tests],
    ...(reportFile && { reporters: ['default', ['json', { outputFile: reportFile }]] }),
    coverage: {
      provider: 'v8',
      reportOnFailure: true,
      reporter: ['text-summary', 'json-summary', ...(process.env.CI ? [] : ['html'])],
      include: ['packages/*/src/**/*.ts'],
      exclude: [
        '**/*.test.ts',
        '**/*.test-d.ts',
        '**/contracts/*.ts',
        '**/index.ts',
        '**/cli.ts',
        '**/bin.ts',
      ],
      thresholds: {
        'packages/spec/src/**': floor,
        'packages/expressions/src/**': floor,
        'packages/conformance/src/**': floor,
        'packages/driver-turso/src/**': floor,
        'packages/runtime/src/**': floor,
        'packages/turso-emulator/src/**': floor,
        // Some branches run only in a terminal, and their tests are skipped without the program `script`.
        'packages/cli/src/**': { ...floor, branches: 70 },
        ...eachProtocolFile(),
      },
    },
  },
});
