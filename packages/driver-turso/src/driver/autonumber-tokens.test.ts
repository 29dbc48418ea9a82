import type { DataRecord } from '@objectstack/spec/contracts';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { freshDatabase, object } from '../../test/database.js';

afterEach(() => vi.useRealTimers());

const at = (day: string) => vi.useFakeTimers({ now: new Date(`${day}T12:00:00Z`), toFake: ['Date'] });
const numbersOf = (records: readonly DataRecord[]) => records.map((record) => record.number);

describe('autonumber tokens', () => {
  it('write the UTC date, and count from 1 for each date', async () => {
    const { driver } = await freshDatabase([
      object('order', { number: { type: 'autonumber', format: 'AD{YYYYMMDD}{0000}', unique: true } }),
    ]);
    at('2026-03-09');
    expect((await driver.create('order', {})).number).toBe('AD202603090001');
    expect((await driver.create('order', {})).number).toBe('AD202603090002');
    at('2026-03-10');
    expect(numbersOf(await driver.bulkCreate('order', [{}, {}]))).toEqual([
      'AD202603100001',
      'AD202603100002',
    ]);
    await driver.create('order', { number: 'AD202603110041' }, { system: true });
    at('2026-03-11');
    expect((await driver.create('order', {})).number).toBe('AD202603110042');
  });

  it('write a field of the record as it is created, and count for each value', async () => {
    const { driver } = await freshDatabase([
      object('task', {
        plan: { type: 'text' },
        number: { type: 'autonumber', format: '{plan}-{000}', unique: true },
      }),
    ]);
    const made = await driver.bulkCreate('task', [{ plan: 'A' }, { plan: 'B' }, { plan: 'A' }, {}]);
    const [first] = made;
    expect(numbersOf(made)).toEqual(['A-001', 'B-001', 'A-002', '-001']);
    expect((await driver.update('task', String(first?.id), { plan: 'C' })).number).toBe('A-001');
    await driver.update('task', String(first?.id), { number: 'B-009' }, { system: true });
    expect((await driver.create('task', { plan: 'B' })).number).toBe('B-010');
    expect((await driver.create('task', { plan: 'A' })).number).toBe('A-003');
  });

  it.each(['{0000', '{nothing}-{000}', '{number}{0}'])('are refused by syncSchema in %j', async (format) => {
    const { driver } = await freshDatabase();
    const definition = object('thing', { number: { type: 'autonumber', format } });
    await expect(driver.syncSchema('thing', definition)).rejects.toMatchObject({
      code: 'invalid_request',
      details: { issues: [{ path: '/fields/number/format' }] },
    });
  });
});

describe('bulkCreate with autonumbers', () => {
  it('numbers in the order given, around numbers that records set themselves', async () => {
    const { driver } = await freshDatabase([
      object('thing', {
        name: { type: 'text' },
        number: { type: 'autonumber', format: 'N-{00}', unique: true },
      }),
    ]);
    await driver.create('thing', {});
    const given = [
      {},
      { number: 'N-05', name: 'a' },
      {},
      { number: 'N-03' },
      { name: 'b' },
      { number: 'other' },
    ];
    const made = await driver.bulkCreate('thing', given, { system: true });
    expect(numbersOf(made)).toEqual(['N-02', 'N-05', 'N-06', 'N-03', 'N-07', 'other']);
    expect((await driver.create('thing', {})).number).toBe('N-08');
  });
});
