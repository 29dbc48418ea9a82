import { totalmem } from 'node:os';
import { describe, expect, it } from 'vitest';
import { memoryLimit, openFileLimit } from './open-file-limit.js';

const GIB = 2 ** 30;
const AMPLE = { descriptors: 1_048_576, descriptorsInUse: 30, memoryBytes: 64 * GIB };

describe('openFileLimit', () => {
  it('opens a thousand files where descriptors and memory allow it', () => {
    expect(openFileLimit(AMPLE)).toBe(1_000);
  });

  it('leaves descriptors for others and for closed files', () => {
    expect(openFileLimit({ ...AMPLE, descriptors: 1_024 })).toBe(128);
    expect(openFileLimit({ ...AMPLE, descriptors: 1_024, descriptorsInUse: 400 })).toBe(82);
    expect(openFileLimit({ ...AMPLE, descriptors: 1_024, descriptorsInUse: null })).toBe(128);
  });

  it('occupies at most a quarter of the memory', () => {
    expect(openFileLimit({ ...AMPLE, memoryBytes: 4 * GIB })).toBe(466);
    expect(openFileLimit({ ...AMPLE, memoryBytes: GIB / 2 })).toBe(58);
  });

  it('opens two files whatever the limits are', () => {
    expect(openFileLimit({ descriptors: 16, descriptorsInUse: 16, memoryBytes: 1_000 })).toBe(2);
  });
});

describe('memoryLimit', () => {
  it('is never more than the memory of the machine', () => {
    expect(memoryLimit()).toBeGreaterThan(0);
    expect(memoryLimit()).toBeLessThanOrEqual(totalmem());
  });
});
