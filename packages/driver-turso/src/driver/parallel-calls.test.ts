import { LIMITS } from '@objectstack/spec/shared';
import { expect, it } from 'vitest';
import { freshDatabase, object } from '../../test/database.js';

it('refuses more calls at once than the limit, and goes on afterwards', async () => {
  const { driver } = await freshDatabase([object('thing', { name: { type: 'text' } })]);
  const transaction = await driver.beginTransaction();
  const controller = new AbortController();
  const waiting = Array.from({ length: LIMITS.maxParallelCalls }, () =>
    driver.count('thing', {}, { signal: controller.signal }).catch(({ code }) => code),
  );
  await expect(driver.count('thing')).rejects.toMatchObject({
    code: 'database_busy',
    details: { limit: 'maxParallelCalls' },
  });
  controller.abort();
  expect(new Set(await Promise.all(waiting))).toEqual(new Set(['aborted']));
  await driver.commit(transaction);
  expect(await driver.count('thing')).toBe(0);
});
