import assert from 'node:assert/strict';
import { must, type RegistryChecks } from './registry-check.js';
import { T0, T1, T2, T3 } from './sample-tenants.js';

export const workLeaseChecks: RegistryChecks = {
  takes: must(
    '`takeWorkLease` takes a free lease with a higher token each time, for each work separately',
    async ({ registry, another }) => {
      const other = await another();
      const first = await registry.takeWorkLease('sweep', { now: T0, until: T1 });
      assert.equal(await other.takeWorkLease('sweep', { now: T0, until: T2 }), null);
      assert.equal(typeof (await other.takeWorkLease('pool', { now: T0, until: T1 })), 'number');
      const second = await other.takeWorkLease('sweep', { now: T1, until: T2 });
      assert.ok(first !== null && second !== null && second > first, `${first}, ${second}`);
      assert.equal(await registry.takeWorkLease('sweep', { now: T1, until: T3 }), null);
    },
  ),
  once: must('one of several processes takes a lease', async (trial) => {
    const processes = await trial.processes(4);
    const taken = await Promise.all(
      processes.map((one) => one.takeWorkLease('sweep', { now: T0, until: T1 })),
    );
    assert.equal(taken.filter((token) => token !== null).length, 1);
  }),
  extends: must(
    '`extendWorkLease` moves the end of a lease, and returns false after it was taken over',
    async ({ registry }) => {
      const token = (await registry.takeWorkLease('sweep', { now: T0, until: T1 })) ?? 0;
      assert.equal(await registry.extendWorkLease('sweep', { token, until: T2 }), true);
      assert.equal(await registry.takeWorkLease('sweep', { now: T1, until: T3 }), null);
      assert.equal(typeof (await registry.takeWorkLease('sweep', { now: T2, until: T3 })), 'number');
      assert.equal(await registry.extendWorkLease('sweep', { token, until: T0 }), false);
      assert.equal(await registry.takeWorkLease('sweep', { now: T2, until: T3 }), null);
      assert.equal(await registry.extendWorkLease('none', { token, until: T3 }), false);
    },
  ),
};
