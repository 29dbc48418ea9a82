import { setTimeout as delay } from 'node:timers/promises';
import { ObjectStackError } from '@objectstack/spec/shared';
import { describe, expect, it } from 'vitest';
import { CONTACTS, CONTACTS_2, openAppTenant } from '../../test/app-plane.js';
import { deploy } from '../../test/deploy-plane.js';
import { bundleOf, objectOf } from '../../test/sample-bundles.js';
import { startWork } from '../../test/start-work.js';
import type { Work } from '../../test/work-child.js';

const TIMEOUT_MS = 120_000;
const PAUSE_MS = 2;
const text = { type: 'text' } as const;
const account = objectOf('account', { name: text });
const OWN = bundleOf({ objects: [account] });
const WIDE = bundleOf({ objects: [account, objectOf('note', { name: text })] }, '2.0.0');

async function openTenant() {
  const tenant = await openAppTenant();
  await deploy(tenant, OWN);
  return tenant;
}

const CALL: Omit<Extract<Work, { kind: 'apps' }>, 'args'> = { kind: 'apps', method: 'installApp' };

/** Processes that have come to the same point and go on at once. Returns what each answered. */
async function atOnce(dir: string, calls: readonly Work[], tenantId: string) {
  const stop = { at: 'before registry.saveDeployment', occurrence: 1 };
  const started = await Promise.all(calls.map((work) => startWork({ dir, tenantId, work, stop })));
  for (const one of started) one.goOn();
  return Promise.all(started.map(async ({ outcome }) => (await outcome)?.value));
}

async function untilUpToDate(work: () => Promise<unknown>): Promise<void> {
  for (;;)
    try {
      await work();
      return;
    } catch (error) {
      if (!ObjectStackError.isInstance(error, 'plan_stale')) throw error;
    }
}

describe('two processes', () => {
  it(
    'that install the same app at once install it once',
    async () => {
      const { apps, deployments, dir, driver, tenantId } = await openTenant();
      const call = { ...CALL, args: [tenantId, CONTACTS, {}] };
      const answers = await atOnce(dir, [call, call], tenantId);
      expect(answers).toMatchObject([{ success: true }, { success: true }]);
      expect(await apps.list(tenantId)).toMatchObject([{ appId: 'contacts', version: '1.0.0' }]);
      expect(await driver.count('contacts__person')).toBe(2);
      expect((await deployments.list(tenantId)).items.map(({ status }) => status)).toEqual([
        'ready',
        'ready',
      ]);
    },
    TIMEOUT_MS,
  );

  it(
    'of which one installs an app and the other deploys have both in effect',
    async () => {
      const tenant = await openTenant();
      const { apps, dir, driver, tenantId } = tenant;
      const call = { ...CALL, args: [tenantId, CONTACTS, {}] };
      const [answers] = await Promise.all([
        atOnce(dir, [call], tenantId),
        untilUpToDate(() => deploy(tenant, WIDE)),
      ]);
      expect(answers).toMatchObject([{ success: true }]);
      expect(await apps.list(tenantId)).toMatchObject([{ appId: 'contacts' }]);
      await driver.refresh();
      expect(await driver.create('note', { name: 'kept' })).toMatchObject({ name: 'kept' });
      expect(await driver.create('account', { contacts__score: 3 })).toMatchObject({ contacts__score: 3 });
    },
    TIMEOUT_MS,
  );
});

describe('records that are written while an app is changed', () => {
  it(
    'are all there in the end if the write was acknowledged',
    async () => {
      const { apps, clock, driver, tenantId } = await openTenant();
      await apps.installApp(tenantId, CONTACTS, {});
      clock.advance(Date.now() + 3_600_000 - clock.now().getTime());
      const acknowledged = new Set<string>();
      const refusals = new Set<string>();
      let isOver = false;
      const writer = async (name: string) => {
        for (let index = 0; !isOver; index++) {
          await delay(PAUSE_MS);
          const code = `${name}${index}`;
          await driver.create('contacts__person', { code }).then(
            () => acknowledged.add(code),
            (error) => refusals.add(ObjectStackError.isInstance(error) ? error.code : String(error)),
          );
        }
      };
      const writers = ['x', 'y'].map(writer);
      for (const data of ['keep', 'archive'] as const) {
        await apps.uninstallApp(tenantId, 'contacts', { data });
        expect(await apps.installApp(tenantId, CONTACTS, {})).toMatchObject({ success: true });
      }
      expect(await apps.upgradeApp(tenantId, 'contacts', CONTACTS_2)).toMatchObject({ success: true });
      isOver = true;
      await Promise.all(writers);
      const found = await driver.find('contacts__person');
      const codes = new Set(found.map(({ code }) => String(code)));
      expect([...acknowledged].filter((code) => !codes.has(code))).toEqual([]);
      expect(acknowledged.size).toBeGreaterThan(10);
      expect([...refusals].filter((code) => code !== 'object_not_found')).toEqual([]);
    },
    TIMEOUT_MS,
  );
});
