import { describe, expect, it } from 'vitest';
import { connected, deploy, freshDatabase, object } from '../../test/database.js';

const WIDE = object('thing', { name: { type: 'text' } });
const NARROW = object('thing', { name: { type: 'text', maxLength: 3 } });
const LOOSER = object('thing', { name: { type: 'text', maxLength: 9 } });

describe('Metadata', () => {
  it.each([
    ['a stricter rule', [WIDE], [NARROW], 'validation_failed'],
    ['a looser rule', [NARROW], [LOOSER], 'stored'],
    ['a new object', [], [WIDE], 'stored'],
    ['a removed object', [WIDE, object('other', {})], [object('other', {})], 'object_not_found'],
  ])(
    'holds from the moment at which another connection deploys %s',
    async (_what, before, after, outcome) => {
      const { driver, url } = await freshDatabase(before);
      const allow = outcome === 'object_not_found' ? ['remove_object:thing'] : [];
      await deploy(await connected({ url }), after, { allow });
      const result = driver.create('thing', { name: 'long' });
      expect(
        await result.then(
          () => 'stored',
          ({ code }) => code,
        ),
      ).toBe(outcome);
    },
  );

  it('is read again by refresh', async () => {
    const { driver, url } = await freshDatabase([WIDE]);
    await deploy(await connected({ url }), [NARROW]);
    await driver.refresh();
    await expect(driver.create('thing', { name: 'long' })).rejects.toMatchObject({
      code: 'validation_failed',
    });
  });

  it('tells of a rule that a system write breaks once only', async () => {
    const { driver } = await freshDatabase([object('thing', { name: { type: 'text', required: true } })]);
    const heard: unknown[] = [];
    const options = { system: true, onViolation: (violation: unknown) => heard.push(violation) };
    await expect(driver.create('thing', { nothing: 1 }, options)).rejects.toMatchObject({
      code: 'validation_failed',
    });
    expect(heard).toEqual([]);
    await driver.create('thing', {}, options);
    expect(heard).toEqual([{ field: 'name', rule: 'required' }]);
  });
});
