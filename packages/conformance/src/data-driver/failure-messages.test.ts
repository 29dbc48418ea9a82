import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { bundleScript } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { memorySuite } from '../../test/memory-suite.js';
import { mutantOf } from '../../test/mutants.js';
import type { TestRunner } from '../kit/test-runner.js';
import { describeDataDriver } from './describe-data-driver.js';

/** Message of the failed test of a requirement. */
async function messageOf(options: ReturnType<typeof memorySuite>, id: string): Promise<string> {
  const bodies: (() => Promise<void>)[] = [];
  const it = (title: string, body: () => Promise<void>) => title.startsWith(`${id}:`) && bodies.push(body);
  const runner = { describe: (_: string, body: () => void) => body(), it: Object.assign(it, { skip: it }) };
  describeDataDriver(runner as TestRunner, options);
  const error: unknown = await bodies[0]?.().catch((reason: unknown) => reason);
  return error instanceof Error ? error.message : 'passed';
}

describe('the message of a failure', () => {
  it('of a mistake shows the call, the correct rejections and the result', async () => {
    const accepting = memorySuite((driver) => Object.assign(driver, { count: async () => 0 }));
    expect(await messageOf(accepting, 'data-driver/filter-mistakes/two-mistakes')).toBe(
      [
        'data-driver/filter-mistakes/two-mistakes: rejected, with no effect: The filter contains two errors; either may be reported.',
        "  Input: count('account', { where: { nothing: 1, name: { '$like': 'a' } } })",
        "  Expected: a rejection with invalid_filter { path: '/where/nothing' } or invalid_filter { path: '/where/name/$like' }",
        '  Found: it succeeded with the result 0',
        '  Documentation: docs/reference/mistakes.md#filter-two-mistakes',
      ].join('\n'),
    );
  });

  it('of another requirement shows the last calls and both values', async () => {
    const message = await messageOf(memorySuite(mutantOf('delete/answers')), 'data-driver/delete/answers');
    expect(message).toBe(
      [
        'data-driver/delete/answers: returns true if the record existed and false otherwise',
        '  Input, the last calls:',
        "    create('folder', { id: 'f1' })",
        "    delete('folder', 'f1')",
        "    delete('folder', 'f1')",
        '  Expected: false',
        '  Found: true',
        '  Documentation: docs/conformance/data-driver.md#delete',
      ].join('\n'),
    );
  });

  it('of random operations shows the shortest sequence of calls, with its seed', async () => {
    const message = await messageOf(
      memorySuite(mutantOf('delete/answers')),
      'data-driver/model/same-answers',
    );
    const call = String.raw`delete\('\w+', 'r\d'\)`;
    expect(message).toMatch(
      new RegExp(String.raw`seed 1, path [\d:]+\)\n    1\. ${call}\n  Expected: false\n  Found: true\n`),
    );
  });

  it('is complete under a runner that shows nothing else', async () => {
    const script = await bundleScript(
      fileURLToPath(new URL('../../test/failing-node-test.ts', import.meta.url)),
    );
    const run = promisify(execFile)(process.execPath, ['--test-reporter=tap', script]);
    const stdout: string = await run.then(
      () => '',
      (error: { stdout: string }) => error.stdout,
    );
    expect(stdout).toMatch(/Input, the last calls:\n\s+create\('folder', \{ id: 'f1' \}\)/);
    expect(stdout).toMatch(/1\. delete\('\w+', 'r\d'\)\n\s+Expected: false\n\s+Found: true/);
  });
});
