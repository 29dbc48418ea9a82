import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { DriverCapabilitiesSchema } from '@objectstack/spec/data';
import { bundleScript } from '@objectstack/testing';
import { describe, expect, it, vi } from 'vitest';
import { failuresOf, memorySuite } from '../../test/memory-suite.js';
import { mutantOf } from '../../test/mutants.js';
import { MEMORY_CAPABILITIES } from '../reference/memory-capabilities.js';
import {
  DATA_DRIVER_REQUIREMENTS,
  type DataDriverSuiteOptions,
  describeDataDriver,
} from './describe-data-driver.js';

const FINDS_NULL = 'data-driver/filter/null';
const UPDATES_MISSING = 'data-driver/update/missing';

/** Titles of the tests of a suite, and of the skipped ones. */
function titlesOf(options: DataDriverSuiteOptions): { run: string[]; skipped: string[] } {
  const [run, skipped]: string[][] = [[], []];
  const register = Object.assign((name: string) => run?.push(name), {
    skip: (name: string) => skipped?.push(name),
  });
  describeDataDriver({ describe: (_, body) => body(), it: register }, options);
  return { run: run ?? [], skipped: skipped ?? [] };
}

describe('describeDataDriver', () => {
  it('has one test for every requirement, titled by its id and behavior', () => {
    const { run, skipped } = titlesOf(memorySuite());
    const ids = [...run, ...skipped].map((title) => title.split(':')[0]);
    expect(ids.toSorted()).toEqual(Object.keys(DATA_DRIVER_REQUIREMENTS).toSorted());
    expect(run).toContain(`${FINDS_NULL}: ${DATA_DRIVER_REQUIREMENTS[FINDS_NULL]?.behavior}`);
  });

  it('gives a reason for each skipped test', () => {
    const { another: _, ...alone } = memorySuite();
    const { skipped } = titlesOf(alone);
    for (const title of skipped) expect(title).toMatch(/\(skipped: .+\)$/);
    expect(
      skipped.filter((title) => title.includes('a database has only one driver')).length,
    ).toBeGreaterThan(3);
  });

  it('requires that calls to undeclared capabilities are rejected', async () => {
    const supports = DriverCapabilitiesSchema.parse({ ...MEMORY_CAPABILITIES, bulkDelete: false });
    const isDenied = (id: string) => id === 'data-driver/denied/bulkDelete';
    const lying = memorySuite((driver) => Object.assign(driver, { supports }));
    expect(await failuresOf({ ...lying, supports }, isDenied)).toEqual(['data-driver/denied/bulkDelete']);
  });

  it('fails a driver whose capabilities differ from the declared ones', async () => {
    const supports = DriverCapabilitiesSchema.parse({ ...MEMORY_CAPABILITIES, queryCache: true });
    const failed = await failuresOf({ ...memorySuite(), supports }, (id) => id === FINDS_NULL);
    expect(failed).toEqual([FINDS_NULL]);
  });

  it('accepts a known failure until it passes', async () => {
    const knownFailures = { [UPDATES_MISSING]: 'it creates instead', [FINDS_NULL]: 'passes now' };
    const options = { ...memorySuite(mutantOf('update/missing')), knownFailures };
    expect(await failuresOf(options, (id) => id in knownFailures)).toEqual([FINDS_NULL]);
    expect(titlesOf(options).run.filter((title) => title.includes('known to fail'))).toHaveLength(2);
  });

  it('rejects a known failure of an unknown requirement', () => {
    const knownFailures = { 'data-driver/nothing': 'a typo' };
    expect(() => titlesOf({ ...memorySuite(), knownFailures })).toThrow('do not exist');
  });

  it('fails a driver that never responds', async () => {
    vi.useFakeTimers();
    try {
      const suite = memorySuite((driver) =>
        Object.assign(driver, { find: () => new Promise(() => undefined) }),
      );
      const failed = failuresOf(suite, (id) => id === FINDS_NULL);
      await vi.advanceTimersByTimeAsync(60_000);
      expect(await failed).toEqual([FINDS_NULL]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('runs under the test runner of Node.js', async () => {
    const script = await bundleScript(fileURLToPath(new URL('../../test/node-test.ts', import.meta.url)));
    const { stdout } = await promisify(execFile)(process.execPath, ['--test-reporter=tap', script]);
    expect(stdout).toMatch(/^# fail 0$/m);
    expect(Number(/^# pass (\d+)$/m.exec(stdout)?.[1])).toBeGreaterThan(150);
  }, 60_000);
});
