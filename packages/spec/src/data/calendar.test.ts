import { describe, expect, it } from 'vitest';
import { isDay, toDay, toInstant, toTimeOfDay } from './calendar.js';

describe('isDay', () => {
  it.each(['2024-02-29', '0001-01-01', '9999-12-31'])('takes %s', (text) => {
    expect(isDay(text)).toBe(true);
  });

  it.each(['2023-02-29', '2024-13-01', '2024-1-1', '', '2024-01-01T00:00:00Z'])('rejects "%s"', (text) => {
    expect(isDay(text)).toBe(false);
  });
});

describe('toInstant', () => {
  it.each([
    ['2025-01-01T12:00:00.123Z', '2025-01-01T12:00:00.123Z'],
    ['2025-01-01T12:00Z', '2025-01-01T12:00:00.000Z'],
    ['2025-01-01T01:00:00+02:00', '2024-12-31T23:00:00.000Z'],
    [new Date(0), '1970-01-01T00:00:00.000Z'],
  ])('converts %s to UTC with milliseconds', (value, instant) => {
    expect(toInstant(value)).toBe(instant);
  });

  it.each([
    '2024-02-30T00:00:00Z',
    '2025-01-01T25:00:00Z',
    '2025-01-01',
    '2025-01-01T00:00:00',
    0,
    new Date(Number.NaN),
    new Date(8.64e15),
    new Date(-1e14),
    '0000-01-01T00:00:00+01:00',
    '9999-12-31T23:59:59-01:00',
  ])('rejects %s', (value) => {
    expect(toInstant(value)).toBeNull();
  });
});

describe('toTimeOfDay', () => {
  it.each([
    ['23:59', '23:59:00'],
    ['00:00:07', '00:00:07'],
    ['24:00', null],
    ['1:00', null],
    [12, null],
  ])('of %s is %s', (value, time) => {
    expect(toTimeOfDay(value)).toBe(time);
  });
});

describe('toDay', () => {
  it.each([
    ['2025-01-01', '2025-01-01'],
    ['2025-01-01T23:30:00-02:00', '2025-01-02'],
    [new Date('2025-01-01T23:30:00Z'), '2025-01-01'],
    ['01.01.2025', null],
    [20250101, null],
    [new Date(8.64e15), null],
  ])('of %s is %s', (value, day) => {
    expect(toDay(value)).toBe(day);
  });
});
