import { runSteps } from '@objectstack/spec/shared';
import { describe, expect, it } from 'vitest';
import { flatMapSteps, mapSteps } from './map-steps.js';

describe('mapSteps', () => {
  it('maps one item in each step', () => {
    const seen: number[] = [];
    const steps = mapSteps([1, 2], (item) => seen.push(item));
    expect(steps.next().done).toBe(false);
    expect(seen).toEqual([1]);
    expect(runSteps(mapSteps(new Set([1, 2]), (item) => item * 2))).toEqual([2, 4]);
  });
});

describe('flatMapSteps', () => {
  it('maps one item in each step to any number of results', () => {
    expect(flatMapSteps([1], () => []).next().done).toBe(false);
    expect(runSteps(flatMapSteps([0, 1, 2], (item) => Array(item).fill(item)))).toEqual([1, 2, 2]);
  });
});
