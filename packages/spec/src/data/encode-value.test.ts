import { describe, expect, it } from 'vitest';
import { LIMITS } from '../shared/limits.js';
import { encodeValue } from './encode-value.js';
import type { FieldEncoding } from './field-types.js';

const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);

describe('encodeValue', () => {
  it.each<[FieldEncoding, unknown, string | number]>([
    ['text', '', ''],
    ['text', '😀', '😀'],
    ['number', -1.5, -1.5],
    ['boolean', true, 1],
    ['boolean', false, 0],
    ['date', '2025-01-02', '2025-01-02'],
    ['datetime', '2025-01-01T12:00Z', '2025-01-01T12:00:00.000Z'],
    ['time', '09:30', '09:30:00'],
    ['json', { a: [1, null, { b: 'c' }], d: undefined }, '{"a":[1,null,{"b":"c"}]}'],
    ['json', nested(64), JSON.stringify(nested(64))],
    ['json', Object.create(null), '{}'],
  ])('%s encodes %j as %j', (encoding, value, stored) => {
    expect(encodeValue(encoding, value)).toEqual({ value: stored });
  });

  it.each([
    ['text', 'x'.repeat(LIMITS.maxValueBytes)],
    ['text', '😀'.repeat(LIMITS.maxValueBytes / 4)],
    ['text', 'é'.repeat(LIMITS.maxValueBytes / 2)],
    ['json', ['x'.repeat(LIMITS.maxValueBytes - 4)]],
  ] as const)('%s accepts the maximum number of bytes', (encoding, value) => {
    expect(encodeValue(encoding, value)).not.toHaveProperty('rule');
  });

  it.each<[FieldEncoding, unknown, string]>([
    ['text', 1, 'type'],
    ['text', 'a\0b', 'format'],
    ['text', 'half \ud800', 'format'],
    ['number', '1', 'type'],
    ['number', Number.NaN, 'type'],
    ['boolean', 1, 'type'],
    ['date', '2025-02-29', 'type'],
    ['date', '2025-01-01T00:00:00Z', 'type'],
    ['date', '2025-01-01T00:00:00.000+00:00', 'type'],
    ['date', new Date('2025-01-01T00:00:00Z'), 'type'],
    ['datetime', '2025-01-01', 'type'],
    ['time', '24:00', 'type'],
    ['json', Number.POSITIVE_INFINITY, 'type'],
    ['json', new Map(), 'type'],
    ['json', [undefined], 'type'],
    ['json', Array(1), 'type'],
    ['json', nested(66), 'type'],
    ['computed', 1, 'computed'],
    ['text', 'x'.repeat(LIMITS.maxValueBytes + 1), 'max_bytes'],
    ['text', '😀'.repeat(LIMITS.maxValueBytes / 4 + 1), 'max_bytes'],
    ['text', 'é'.repeat(LIMITS.maxValueBytes / 2 + 1), 'max_bytes'],
    ['text', '€'.repeat(Math.ceil(LIMITS.maxValueBytes / 3)), 'max_bytes'],
    ['json', ['x'.repeat(LIMITS.maxValueBytes - 3)], 'max_bytes'],
  ])('%s rejects %.40o as %s', (encoding, value, rule) => {
    expect(encodeValue(encoding, value)).toEqual({ rule });
  });

  it.each<FieldEncoding>(['text', 'number', 'boolean', 'date', 'datetime', 'time', 'json', 'computed'])(
    '%s treats null and undefined as a missing value',
    (encoding) => {
      expect([null, undefined].map((value) => encodeValue(encoding, value))).toEqual([
        { value: null },
        { value: null },
      ]);
    },
  );
});
