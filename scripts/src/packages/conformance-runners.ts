import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import vitest from 'vitest/package.json' with { type: 'json' };

const run = promisify(execFile);

/** Tests of a driver as its author writes them; the functions of the runner are imported or global. */
const suiteOf = (functions: string): string => `${functions}
import { describeDataDriver } from '@objectstack/conformance';
import { createTursoDriver } from '@objectstack/driver-turso';

const open = (settings) => createTursoDriver({ url: ':memory:', ...settings });
const { supports } = open({});
describeDataDriver({ describe, it }, { name: 'in memory', supports, create: async (settings) => open(settings) });
`;

interface Runner {
  readonly name: string;
  /** Packages that the author installs. */
  readonly packages: readonly string[];
  /** How the tests get `describe` and `it`; empty if they are global. */
  readonly functions: string;
  /** Arguments of Node.js that run a test file, with the default timeouts of the runner. */
  readonly command: (file: string) => readonly string[];
  /** Pattern of the number of passed tests in the output. */
  readonly passed: RegExp;
}

/** Test runners that the suites support, each with its default timeouts. */
const RUNNERS: readonly Runner[] = [
  {
    name: 'node:test',
    packages: [],
    functions: "import { describe, it } from 'node:test';",
    command: (file) => ['--test', '--test-reporter=tap', file],
    passed: /^# pass (\d+)$/m,
  },
  {
    name: 'mocha',
    packages: ['mocha@11.8.0'],
    functions: '',
    command: (file) => ['node_modules/mocha/bin/mocha.js', '--reporter=dot', file],
    passed: /(\d+) passing/,
  },
  {
    name: 'jest',
    packages: ['jest@30.5.2'],
    functions: "import { describe, it } from '@jest/globals';",
    command: (file) => [
      '--experimental-vm-modules',
      'node_modules/jest/bin/jest.js',
      '--testMatch=**/*.test.js',
      '--silent',
      '--cacheDirectory=jest-cache',
      '--runTestsByPath',
      file,
    ],
    passed: /Tests:.* (\d+) passed/,
  },
  {
    name: 'vitest',
    packages: [`vitest@${vitest.version}`],
    functions: "import { describe, it } from 'vitest';",
    command: (file) => ['node_modules/vitest/vitest.mjs', 'run', '--reporter=default', file],
    passed: /Tests +(\d+) passed/,
  },
];

/** Fewer passed tests mean that the suite did not run. */
const FEWEST = 200;

/** What is wrong with the suite under this runner. */
async function problemsUnder(
  folder: string,
  { name, functions, command, passed }: Runner,
): Promise<string[]> {
  const file = join('runners', `${name.replace(':', '-')}.test.js`);
  await writeFile(join(folder, file), suiteOf(functions));
  const options = {
    cwd: folder,
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, NODE_OPTIONS: '', NO_COLOR: '1' },
  };
  const { output, isFailed } = await run(process.execPath, [...command(file)], options).then(
    ({ stdout, stderr }) => ({ output: stdout + stderr, isFailed: false }),
    ({ stdout, stderr }) => ({ output: `${stdout}${stderr}`, isFailed: true }),
  );
  const count = Number(passed.exec(output)?.[1] ?? 0);
  console.log(`conformance under ${name}: ${count} tests passed`);
  if (isFailed) return [`The conformance suite fails under ${name}:\n${output.slice(-4_000)}`];
  return count < FEWEST ? [`Only ${count} tests ran under ${name}.`] : [];
}

/** Runs the data driver suite of the packed packages under each test runner. */
export async function checkRunners(folder: string): Promise<string[]> {
  const packages = RUNNERS.flatMap((runner) => runner.packages);
  const quietly = ['--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error', '--no-save'];
  await run('npm', ['install', ...quietly, ...packages], { cwd: folder });
  await mkdir(join(folder, 'runners'));
  const problems: string[] = [];
  for (const runner of RUNNERS) problems.push(...(await problemsUnder(folder, runner)));
  return problems;
}
