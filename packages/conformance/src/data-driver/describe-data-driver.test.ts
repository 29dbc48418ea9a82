import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { DriverCapabilitiesSchema } from '@objectstack/spec/data';
import { bundleScript, IS_EXHAUSTIVE } from '@objectstack/testing';
import { describe, expect, it, vi } from 'vitest';
import { denyFeatures, deployBeneath } from '../../test/deny-features.js';
import { failuresOf, memorySuite } from '../../test/memory-suite.js';
import { mutantOf } from '../../test/mutants.js';
import { MEMORY_CAPABILITIES } from '../reference/memory-capabilities.js';
import {
  DATA_DRIVER_REQUIREMENTS,
  type DataDriverSuiteOptions,
  describeDataDriver,
} from './describe-data-driver.js';

const FINDS_NULL = 'data-driver/filter/null';
const ANSWERS_DELETE = 'data-driver/delete/answers';

/**
 * The reference implementation obeys the declared levels, evaluates defaults only if it declares so, and may number without
 * gaps and lose no write in any case.
 */
const OBEYED = new Set([
  'isolationLevels',
  'gaplessAutonumbers',
  'exclusiveTransactions',
  'expressionDefaults',
]);

const deploy: DataDriverSuiteOptions['deploy'] = (driver, objects) =>
  driver.syncSchemasBatch(objects.map((definition) => ({ object: definition.name, definition })));

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

  const deniable = Object.keys(DATA_DRIVER_REQUIREMENTS)
    .filter((id) => id.startsWith('data-driver/denied/'))
    .map((id) => id.slice('data-driver/denied/'.length))
    .filter((name) => MEMORY_CAPABILITIES[name as 'streaming'] && !OBEYED.has(name));

  it.each(deniable)('requires that a driver without %s rejects calls that require it', async (denied) => {
    const supports = DriverCapabilitiesSchema.parse({
      ...MEMORY_CAPABILITIES,
      [denied]: false,
    });
    const id = `data-driver/denied/${denied}`;
    const lying = memorySuite((driver) => Object.assign(driver, { supports }));
    expect(await failuresOf({ ...lying, supports, deploy }, (one) => one === id)).toEqual([id]);
    const honest = memorySuite(denyFeatures, supports);
    expect(await failuresOf({ ...honest, deploy: deployBeneath }, (one) => one === id)).toEqual([]);
  });

  it('fails a driver whose capabilities differ from the declared ones', async () => {
    const supports = DriverCapabilitiesSchema.parse({ ...MEMORY_CAPABILITIES, joins: true });
    const failed = await failuresOf({ ...memorySuite(), supports }, (id) => id === FINDS_NULL);
    expect(failed).toEqual([FINDS_NULL]);
  });

  it('accepts a known failure until it passes', async () => {
    const knownFailures = { [ANSWERS_DELETE]: 'it always returns true', [FINDS_NULL]: 'passes now' };
    const options = { ...memorySuite(mutantOf('delete/answers')), knownFailures };
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
    const every = IS_EXHAUSTIVE ? 1 : 10;
    const script = await bundleScript(fileURLToPath(new URL('../../test/node-test.ts', import.meta.url)));
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--test-reporter=tap',
      script,
      `${every}`,
    ]);
    expect(stdout).toMatch(/^# fail 0$/m);
    expect(Number(/^# pass (\d+)$/m.exec(stdout)?.[1])).toBeGreaterThan(150 / every);
  });
});
