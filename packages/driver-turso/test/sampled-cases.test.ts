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
    atOnce: ['concurrent'],
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
    atOnce: ['several-drivers', 'transaction'],
  },
];

type Place = Parameters<typeof sampledCases>[1];

/** The ids of the requirements that are tested, and of those that the sample skips. */
function sample(describeAll: (runner: TestRunner) => void, place: Place = 'file') {
  const [run, skipped, unsupported]: [string[], string[], string[]] = [[], [], []];
  const it = (title: string) => run.push(idOf(title));
  const skip = (title: string) =>
    (title.endsWith('(skipped: not in the sample)') ? skipped : unsupported).push(idOf(title));
  const runner = { describe: (_: string, body: () => void) => body(), it: Object.assign(it, { skip }) };
  describeAll(sampledCases(runner, place));
  return { run, skipped, unsupported };
}

describe.each(SUITES)('sampledCases of the $suite', ({ describeAll, requirements, atOnce }) => {
  const ids = Object.keys(requirements);

  it.each(['file', 'server', 'postgres'] as const)('runs or skips every requirement: %s', (place) => {
    const { run, skipped, unsupported } = sample(describeAll, place);
    expect([...run, ...skipped, ...unsupported].sort()).toEqual(ids.toSorted());
  });

  it.each(['file', 'postgres'] as const)('runs some of each group: %s', (place) => {
    const { run, unsupported } = sample(describeAll, place);
    expect(new Set([...run, ...unsupported].map(groupOf))).toEqual(new Set(ids.map(groupOf)));
  });

  it('runs some of what drivers do at once, and of other groups, on a server', () => {
    const groups = new Set(sample(describeAll, 'server').run.map(groupOf));
    for (const group of atOnce) expect(groups).toContain(group);
    expect(groups.size).toBeGreaterThan(atOnce.length);
  });

  it('skips the same ones each time', () => {
    expect(sample(describeAll).skipped).toEqual(sample(describeAll).skipped);
  });

  it.skipIf(IS_EXHAUSTIVE)('skips more on a server than on a file', () => {
    const onServer = sample(describeAll, 'server').run;
    expect(onServer.length).toBeLessThan(sample(describeAll).run.length / 2);
  });

  it.runIf(IS_EXHAUSTIVE)('skips nothing if tests are exhaustive', () => {
    expect(sample(describeAll).skipped).toEqual([]);
  });
});
