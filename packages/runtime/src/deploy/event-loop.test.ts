import { IS_EXHAUSTIVE, temporaryFolder } from '@objectstack/testing';
import { expect, it } from 'vitest';
import type { EventLoopInput, EventLoopOutcome } from '../../test/event-loop-child.js';
import { runChild } from '../../test/run-child.js';

/** SQLite reads the whole schema after each statement that changes it, so the limit of a bundle would take minutes. */
const OBJECTS = IS_EXHAUSTIVE ? 300 : 30;
/** Ten times of what is allowed on an idle machine, because tests run beside others. */
const LONGEST_MS = 1_000;

// In a process of its own: the other test files of a worker share its heap and its event loop.
it('turns the event loop during deployments and rollbacks of bundles with many objects', {
  timeout: 600_000,
}, async () => {
  const input: EventLoopInput = { dir: await temporaryFolder(), objects: OBJECTS };
  const { stdout, stderr } = await runChild('event-loop-child.ts', input);
  const lines = stdout.split('\n');
  const last = lines.pop();
  expect(stderr).toBe('');
  console.info(lines.join('\n'));
  const { gapsMs, statuses }: EventLoopOutcome = JSON.parse(last ?? '');
  expect(statuses).toEqual(['ready', 'ready']);
  expect(gapsMs).toHaveLength(5);
  for (const gapMs of gapsMs) expect(gapMs).toBeLessThan(LONGEST_MS);
});
