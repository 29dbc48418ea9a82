import type { AppManifestInput } from '@objectstack/spec/system';
import { isSampled } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import {
  APP_OPERATIONS,
  appStateOf,
  BILLING,
  CONTACTS,
  openAppTenant,
  SEALER,
} from '../../test/app-plane.js';
import { activeTenant } from '../../test/control-plane.js';
import { databaseContent, deploy } from '../../test/deploy-plane.js';
import { faultyParts } from '../../test/fault-parts.js';
import type { Faults } from '../../test/fault-plane.js';
import { bundleOf, objectOf } from '../../test/sample-bundles.js';
import type { AppContext } from './app-context.js';
import { createAppService } from './create-app-service.js';

type Plane = Awaited<ReturnType<typeof openAppTenant>>;
type Apps = Plane['apps'];

const OWN = bundleOf({ objects: [objectOf('account', { name: { type: 'text' } })] });
/** One of so many calls fails unless tests are exhaustive. */
const EVERY = 36;

function failing(when: 'before' | 'after', failAt: number) {
  const counts = { calls: 0 };
  const pass = (moment: typeof when) => {
    if (moment === 'before') counts.calls++;
    if (moment === when && counts.calls === failAt) throw new Error('connection reset');
  };
  const faults: Faults = { before: () => pass('before'), after: () => pass('after') };
  return { counts, faults };
}

function faultyApps(plane: Plane, faults: Faults): Apps {
  const parts: AppContext = { ...plane, environment: 'prod', runtimeVersion: '1.2.3', sealer: SEALER };
  return createAppService({ ...parts, ...faultyParts(parts, faults) });
}

describe.each(APP_OPERATIONS)('%s of which any call fails', (_, before, { method, args }) => {
  const run = (apps: Apps, tenantId: string) =>
    (apps[method] as (...given: readonly unknown[]) => Promise<unknown>)(tenantId, ...args);

  it.each(['before', 'after'] as const)(
    'leaves the app whole and completes when it is repeated: %s',
    async (when) => {
      const plane = await openAppTenant();
      const fresh = async () => {
        const tenantId = await activeTenant(plane);
        await deploy({ ...plane, tenantId }, OWN);
        await before(plane.apps, tenantId);
        return tenantId;
      };
      const reference = await fresh();
      const started = await appStateOf(plane, reference);
      const counting = failing('before', 0);
      await run(faultyApps(plane, counting.faults), reference);
      const expected = await appStateOf(plane, reference);
      for (let call = 1; call <= counting.counts.calls; call++) {
        if (!isSampled(call, EVERY)) continue;
        const tenantId = await fresh();
        await run(faultyApps(plane, failing(when, call).faults), tenantId).catch(() => undefined);
        const { objects, apps } = await appStateOf(plane, tenantId);
        expect(
          [started, expected].map((state) => ({ objects: state.objects, apps: state.apps })),
        ).toContainEqual({ objects, apps });
        await run(plane.apps, tenantId);
        expect(await appStateOf(plane, tenantId), `call ${call}`).toEqual(expected);
      }
    },
  );
});

const definitionsIn = ({ _os_object: rows }: Record<string, unknown>) =>
  (rows as { id: string; definition: string }[]).map(({ id, definition }) => [id, definition]);

describe('a seed record that cannot be written', () => {
  it('fails the installation, of which nothing remains', async () => {
    const plane = await openAppTenant();
    await deploy(plane, OWN);
    const mail = { type: 'text', unique: true };
    const [person] = CONTACTS.objects.map((object) => ({ ...object, fields: { ...object.fields, mail } }));
    const records = [
      { code: 'x', mail: 'same' },
      { code: 'y', mail: 'same' },
    ];
    const seedData = [{ object: 'contacts__person', externalId: 'code', records }];
    const broken = { ...CONTACTS, objects: [person], seedData } as AppManifestInput;
    const before = await databaseContent(plane.driver);
    const result = await plane.apps.installApp(plane.tenantId, broken, {});
    expect(result).toMatchObject({ success: false, error: { code: 'seed_failed' } });
    expect(await plane.apps.list(plane.tenantId)).toEqual([]);
    const after = await databaseContent(plane.driver);
    expect(definitionsIn(after)).toEqual(definitionsIn(before));
    expect(await plane.apps.installApp(plane.tenantId, CONTACTS, {})).toMatchObject({
      success: true,
      seededRecords: 2,
    });
  });
});

describe('two processes', () => {
  it('never lose an app that one installs while the other deploys', async () => {
    const plane = await openAppTenant();
    await deploy(plane, OWN);
    await plane.apps.installApp(plane.tenantId, CONTACTS, {});
    const stale = await plane.deployments.planDeployment(
      plane.tenantId,
      bundleOf(
        { objects: [objectOf('account', { name: { type: 'text' }, size: { type: 'text' } })] },
        '2.0.0',
      ),
    );
    await plane.apps.installApp(plane.tenantId, BILLING, { api_key: 'k' });
    await expect(plane.deployments.executeDeployment(plane.tenantId, stale)).rejects.toMatchObject({
      code: 'plan_stale',
    });
    const settings = await plane.deployments.planDeployment(
      plane.tenantId,
      bundleOf(
        { objects: [objectOf('account', { name: { type: 'text' }, size: { type: 'text' } })] },
        '2.0.0',
      ),
    );
    await plane.apps.upgradeApp(plane.tenantId, 'billing', BILLING, { config: { limit: 9 } });
    await expect(plane.deployments.executeDeployment(plane.tenantId, settings)).rejects.toMatchObject({
      code: 'plan_stale',
    });
    expect(await plane.apps.get(plane.tenantId, 'billing')).toMatchObject({ settings: { limit: 9 } });
  });
});
