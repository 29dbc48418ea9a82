import { isSampled } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { APP_OPERATIONS, appStateOf, openAppTenant, SEALER } from '../../test/app-plane.js';
import { crashImages } from '../../test/crash-images.js';
import { deploy, openDeployPlane } from '../../test/deploy-plane.js';
import { folderWith, readFolder } from '../../test/folder-content.js';
import { bundleOf, objectOf } from '../../test/sample-bundles.js';
import type { Work } from '../../test/work-child.js';
import { createAppService } from './create-app-service.js';

const TIMEOUT_MS = 240_000;
/** Of so many points, a process is killed at one. */
const EVERY = 6;
/** What follows each effect. */
const MOMENTS = [
  'after bundles.put',
  'after registry.saveDeployment',
  'after schemaDiff.applyMigrations',
  'after driver.commit',
  'after schemaDiff.purgeRetained',
];
const OWN = bundleOf({ objects: [objectOf('account', { name: { type: 'text' } })] });
const operations = APP_OPERATIONS.filter((_, index) => isSampled(index, 3));

async function openedAt(dir: string) {
  const plane = await openDeployPlane({ dir });
  const apps = createAppService({ ...plane, environment: 'prod', runtimeVersion: '1.2.3', sealer: SEALER });
  return { ...plane, apps };
}

describe('a process that is killed while it changes apps', () => {
  it.each(operations)(
    'leaves the app whole, and the repeated call completes: %s',
    async (_, before, call) => {
      const tenant = await openAppTenant();
      const { tenantId, dir, apps, dataPlane } = tenant;
      await deploy(tenant, OWN);
      await before(apps, tenantId);
      const started = await appStateOf(tenant, tenantId);
      await dataPlane.close();
      const content = await readFolder(dir);
      const repeat = async (opened: Awaited<ReturnType<typeof openedAt>>) => {
        const method = opened.apps[call.method] as (...args: readonly unknown[]) => Promise<unknown>;
        await method(tenantId, ...call.args);
        return appStateOf(opened, tenantId);
      };
      const expected = await repeat(await openedAt(await folderWith(content)));
      const work: Work = { kind: 'apps', method: call.method, args: [tenantId, ...call.args] };
      const { contentAt, points } = await crashImages({ content, tenantId, work, at: MOMENTS });
      expect(points.length).toBeGreaterThanOrEqual(4);
      for (const stop of points.filter((_point, index) => isSampled(index, EVERY))) {
        const opened = await openedAt(await folderWith(await contentAt(stop)));
        const { objects, apps: listed } = await appStateOf(opened, tenantId);
        expect(
          [started, expected].map((state) => ({ objects: state.objects, apps: state.apps })),
          JSON.stringify(stop),
        ).toContainEqual({ objects, apps: listed });
        expect(await repeat(opened), JSON.stringify(stop)).toEqual(expected);
        const driver = await opened.router.getTenantClient(tenantId);
        expect((await driver.execute('PRAGMA integrity_check')).rows).toEqual([{ integrity_check: 'ok' }]);
      }
    },
    TIMEOUT_MS,
  );
});
