import {
  DATA_DRIVER_REQUIREMENTS,
  describeDataDriver,
  describeSchemaDiffService,
  SCHEMA_DIFF_REQUIREMENTS,
  type TestRunner,
} from '@objectstack/conformance';
import { IS_EXHAUSTIVE, sampledCases } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { TURSO_CAPABILITIES } from '../src/driver/turso-capabilities.js';

const groupOf = (id: string) => id.split('/')[1] ?? '';
const idOf = (title: string) => title.split(':')[0] ?? '';
const nothing = () => Promise.reject(new Error('No test is run.'));

const SUITES = [
  {
    suite: 'schema diff service',
    describeAll: (runner: TestRunner) =>
      describeSchemaDiffService(runner, { name: 'nowhere', create: nothing, another: nothing }),
    requirements: SCHEMA_DIFF_REQUIREMENTS,
    skips: (group: string) => group !== 'concurrent',
  },
  {
    suite: 'data driver',
    describeAll: (runner: TestRunner) =>
      describeDataDriver(runner, {
        name: 'nowhere',
        supports: TURSO_CAPABILITIES,
        create: nothing,
        another: nothing,
      }),
    requirements: DATA_DRIVER_REQUIREMENTS,
    skips: (group: string) =>
      group.endsWith('-mistakes') ||
      ['aborted', 'aborted-while-waiting', 'concurrently', 'filter', 'not-connected', 'twice'].includes(
        group,
      ),
  },
];

/** The ids of the requirements that are tested, and of those that the sample skips. */
function sample(describeAll: (runner: TestRunner) => void, place: 'file' | 'server' = 'file') {
  const [run, skipped, unsupported]: [string[], string[], string[]] = [[], [], []];
  const it = (title: string) => run.push(idOf(title));
  const skip = (title: string) =>
    (title.endsWith('(skipped: not in the sample)') ? skipped : unsupported).push(idOf(title));
  const runner = { describe: (_: string, body: () => void) => body(), it: Object.assign(it, { skip }) };
  describeAll(sampledCases(runner, place));
  return { run, skipped, unsupported };
}

describe.each(SUITES)('sampledCases of the $suite', ({ describeAll, requirements, skips }) => {
  const ids = Object.keys(requirements);

  it.each(['file', 'server'] as const)(
    'runs or skips every requirement, and some of each group, on a %s',
    (place) => {
      const { run, skipped, unsupported } = sample(describeAll, place);
      expect([...run, ...skipped, ...unsupported].sort()).toEqual(ids.toSorted());
      expect(new Set([...run, ...unsupported].map(groupOf))).toEqual(new Set(ids.map(groupOf)));
      for (const id of ids) if (skips(groupOf(id))) expect(run.map(groupOf)).toContain(groupOf(id));
    },
  );

  it.skipIf(IS_EXHAUSTIVE)('skips some of these groups only, and the same ones each time', () => {
    const { skipped } = sample(describeAll);
    const skippedGroups = [...new Set(skipped.map(groupOf))].sort();
    expect(skippedGroups).toEqual([...new Set(ids.map(groupOf).filter(skips))].sort());
    expect(sample(describeAll).skipped).toEqual(skipped);
  });

  it.skipIf(IS_EXHAUSTIVE)('skips more on a server than on a file', () => {
    const onServer = sample(describeAll, 'server').run;
    expect(onServer.length).toBeLessThan(sample(describeAll).run.length / 2);
  });

  it.runIf(IS_EXHAUSTIVE)('skips nothing if tests are exhaustive', () => {
    expect(sample(describeAll).skipped).toEqual([]);
  });
});
