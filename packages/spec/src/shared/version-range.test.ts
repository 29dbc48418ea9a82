import { describe, expect, it } from 'vitest';
import { VersionRangeSchema } from './version-range.zod.js';

describe('VersionRangeSchema', () => {
  it.each([
    '*',
    '1',
    '1.2',
    '1.4.0',
    '^1.4.0',
    '~1.2',
    '1.x',
    '>=1.2.0 <2.0.0',
    '1.x || 2.x',
    '>=1.0.0-rc.1',
    '=0.0.1',
  ])('accepts %s', (range) => {
    expect(VersionRangeSchema.parse(range)).toBe(range);
  });

  it.each(['', 'latest', '^', '1.', '01.0.0', '>=1.0.0  <2', '1 ||', '|| 1', '1.2.3.4', '>= 1', '1\n'])(
    'rejects %j',
    (range) => {
      expect(VersionRangeSchema.safeParse(range).success).toBe(false);
    },
  );

  it('rejects a long text without matching it', () => {
    expect(VersionRangeSchema.safeParse(`${'1 '.repeat(50_000)}!`).success).toBe(false);
  });
});
