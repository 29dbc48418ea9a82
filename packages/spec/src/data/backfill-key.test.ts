import { describe, expect, it } from 'vitest';
import { backfillKey } from './backfill-key.js';
import type { FieldEncoding } from './field-types.js';

describe('backfillKey', () => {
  it.each<[FieldEncoding, string, string | number | undefined]>([
    ['text', ' Done ', ' Done '],
    ['text', '2026-01-31T12:00:00Z', '2026-01-31T12:00:00Z'],
    ['number', '1', 1],
    ['number', '1.0', 1],
    ['number', '-2.5', -2.5],
    ['number', '', undefined],
    ['number', 'one', undefined],
    ['boolean', 'true', 1],
    ['boolean', '0', 0],
    ['boolean', 'yes', undefined],
    ['boolean', 'constructor', undefined],
    ['date', '2026-01-31', '2026-01-31'],
    ['date', '31.1.2026', undefined],
    ['datetime', '2026-01-31T12:00:00Z', '2026-01-31T12:00:00.000Z'],
    ['datetime', '2026-01-31T13:00:00+01:00', '2026-01-31T12:00:00.000Z'],
    ['datetime', '2026-01-31', undefined],
    ['time', '12:30', '12:30:00'],
    ['json', '1', undefined],
    ['computed', '1', undefined],
  ])('of %s reads %j as %j', (encoding, key, stored) => {
    expect(backfillKey(encoding, key)).toBe(stored);
  });
});
