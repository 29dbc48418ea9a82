import assert from 'node:assert/strict';
import { type DriverChecks, withAnother } from './driver-trial.js';

export const severalDriversChecks: DriverChecks = {
  'sees-writes': withAnother('what one driver has written, another reads', async ({ driver, another }) => {
    const other = await another();
    const made = await driver.create('folder', { name: 'one' });
    assert.deepEqual(await other.find('folder'), [made]);
    await other.update('folder', made.id, { name: 'two' });
    assert.equal((await driver.findOne('folder'))?.name, 'two');
  }),
  'loses-nothing': withAnother(
    'what several drivers write at once is all there',
    async ({ driver, another }) => {
      const drivers = [driver, await another(), await another()];
      await Promise.all(
        drivers.flatMap((one, at) =>
          Array.from({ length: 10 }, (_, index) =>
            one.create('account', { name: `by ${at}`, code: `${at}-${index}` }),
          ),
        ),
      );
      const numbers = (await driver.find('account')).map(({ number }) => number).sort();
      assert.deepEqual(
        numbers,
        Array.from({ length: 30 }, (_, index) => `A-${String(index + 1).padStart(3, '0')}`),
      );
    },
  ),
};
