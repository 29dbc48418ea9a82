import { describe, expect, it } from 'vitest';
import { mapInTurns } from './map-in-turns.js';

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('mapInTurns', () => {
  it.each([0, 1, 500, 501, 2_000])('maps %i items in their order', async (count) => {
    expect(await mapInTurns(numbers(count), (item) => item * 2)).toEqual(
      numbers(count).map((item) => item * 2),
    );
  });

  it('lets timers run meanwhile', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const work = () => {
      for (const until = performance.now() + 0.05; performance.now() < until; );
    };
    await mapInTurns(numbers(2_000), work);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(0);
  });
});
