import { describe, expect, it } from 'vitest';
import { rolloutRate } from './rollout-rate.js';

const { signal } = new AbortController();

describe('rolloutRate', () => {
  it('lets one caller pass in each interval, and does not save up unused ones', async () => {
    let time = 10_000;
    const waits: number[] = [];
    const wait = async (milliseconds: number) => void waits.push(milliseconds);
    const waitTurn = rolloutRate(4, { now: () => time, wait });
    for (let caller = 0; caller < 3; caller++) await waitTurn?.(signal);
    expect(waits).toEqual([250, 500]);
    time += 5_000;
    for (let caller = 0; caller < 2; caller++) await waitTurn?.(signal);
    expect(waits).toEqual([250, 500, 250]);
  });

  it('limits nothing without a rate', () => {
    expect(rolloutRate(undefined)).toBeUndefined();
  });
});
