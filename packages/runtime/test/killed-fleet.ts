import { tursoLocal } from '@objectstack/driver-turso';
import { temporaryFolder } from '@objectstack/testing';
import { expect, onTestFinished } from 'vitest';
import { createRuntime } from '../src/create-runtime.js';
import { SEALER } from './app-plane.js';
import type { RolloutChildInput } from './rollout-child.js';
import { runChild } from './run-child.js';

const LATER_MS = 60_000;

export type Kill = RolloutChildInput['kill'];
type Work = Omit<RolloutChildInput, 'dir' | 'aheadMs'>;

/** A fleet whose processes each have a clock that is further ahead. */
export async function openKilledFleet() {
  const dir = await temporaryFolder();
  let aheadMs = 0;
  const open = async () => {
    aheadMs += LATER_MS;
    const ahead = aheadMs;
    const clock = { now: () => new Date(Date.now() + ahead) };
    const runtime = await createRuntime({ dataPlane: tursoLocal({ dir }), clock, sealer: SEALER });
    onTestFinished(() => runtime.close());
    return runtime;
  };
  const wait = (milliseconds: number) => {
    aheadMs += milliseconds;
  };
  /** Runs the rollout in a process. Returns whether it was killed; otherwise it came to the end of its work. */
  const isKilled = async (work: Work, what = '') => {
    aheadMs += LATER_MS;
    const { signal, stderr } = await runChild('rollout-child.ts', { dir, aheadMs, ...work });
    expect(stderr, what).toBe('');
    return signal === 'SIGKILL';
  };
  /** Runs the rollout in a process that is killed. */
  const killed = async (work: Work, what = '') => expect(await isKilled(work, what), what).toBe(true);
  return { dir, open, wait, isKilled, killed };
}
