import type { Field } from '@objectstack/spec/data';
import { describe, expect, it } from 'vitest';
import { seedValue } from './seed-value.js';

const INSTANT = '2026-03-01T23:30:00-05:00';

describe('seedValue', () => {
  it.each<[Field, unknown, unknown]>([
    [{ type: 'date' }, INSTANT, '2026-03-02'],
    [{ type: 'date' }, '2026-03-01', '2026-03-01'],
    [{ type: 'date' }, 'soon', 'soon'],
    [{ type: 'date' }, null, null],
    [{ type: 'date', multiple: true }, [INSTANT, '2026-03-01'], ['2026-03-02', '2026-03-01']],
    [{ type: 'datetime' }, INSTANT, INSTANT],
    [{ type: 'text' }, INSTANT, INSTANT],
  ])('converts a %j value %j to %j', (field, value, written) => {
    expect(seedValue(field, value)).toEqual(written);
  });
});
