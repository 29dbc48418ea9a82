import { LIMITS } from '@objectstack/spec/shared';
import { describe, expect, it } from 'vitest';
import { freshDatabase, object } from '../../test/database.js';

const { maxValueBytes } = LIMITS;

describe('a record with more bytes than a record may have', () => {
  const text = { type: 'textarea' };
  const value = 'x'.repeat(maxValueBytes);
  const violation = {
    code: 'validation_failed',
    details: { violations: [{ field: 'a', rule: 'max_bytes' }] },
  };

  it('is refused when it is created, updated or written by the system, and nothing is written', async () => {
    const { driver } = await freshDatabase([object('note', { a: text, b: text, c: text })]);
    const most = await driver.create('note', { id: 'n', a: value, b: value.slice(1_000) });
    expect(most.b).toHaveLength(maxValueBytes - 1_000);
    const beyond = { a: value, b: value, c: 'since' };
    for (const call of [
      () => driver.create('note', beyond),
      () => driver.create('note', beyond, { system: true }),
      () => driver.bulkCreate('note', [{ a: 'first' }, beyond]),
      () => driver.update('note', 'n', beyond),
      () => driver.updateMany('note', { where: { id: 'n' } }, beyond),
    ])
      await expect(call()).rejects.toMatchObject(violation);
    expect(await driver.count('note')).toBe(1);
    expect((await driver.findOne('note', { where: { id: 'n' } }))?.c).toBeNull();
  });
});
