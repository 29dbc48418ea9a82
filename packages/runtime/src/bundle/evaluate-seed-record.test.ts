import type { Field } from '@objectstack/spec/data';
import { describe, expect, it } from 'vitest';
import { evaluateSeedRecord } from './evaluate-seed-record.js';

const cel = (source: string) => ({ dialect: 'cel', source });
const now = '2026-03-31T08:09:10.123Z';
const FIELDS: ReadonlyMap<string, Field> = new Map([
  ['day', { type: 'date' }],
  ['extra', { type: 'json' }],
]);
const evaluate = (record: Record<string, unknown>) =>
  evaluateSeedRecord((name) => FIELDS.get(name), record, { now });

describe('evaluateSeedRecord', () => {
  it('returns a record without expressions unchanged', () => {
    const record = { day: '2026-01-31', extra: { dialect: 'cron', source: '* * * * *' } };
    expect(evaluate(record).record).toBe(record);
  });

  it('replaces expressions, and leaves out those without a value', () => {
    const { record, skipped } = evaluate({ day: cel('f()'), extra: cel('[1]'), unknown: cel('1') });
    expect(record).toEqual({ extra: [1], unknown: cel('1') });
    expect([...skipped]).toMatchObject([['day', { code: 'unknown_function' }]]);
  });

  it('keeps a null, which is a value', () => {
    expect(evaluate({ day: cel('null') })).toEqual({ record: { day: null }, skipped: new Map() });
  });
});
