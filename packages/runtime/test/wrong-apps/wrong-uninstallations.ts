import { ObjectStackError } from '@objectstack/spec/shared';
import type { Apps, ChangeApps } from '../app-suite.js';
import type { WrongApps } from './wrong-apps.js';

async function uninstallWithDependents(apps: Apps, tenantId: string, appId: string): Promise<void> {
  for (const dependent of (await apps.previewUninstall(tenantId, appId)).dependents)
    if (dependent.startsWith('app/'))
      await uninstallWithDependents(apps, tenantId, dependent.slice('app/'.length));
  await apps.uninstallApp(tenantId, appId).catch(() => undefined);
}

/** Runs after an app was uninstalled. */
const disturbing =
  (disturb: (runtime: Parameters<ChangeApps>[0], tenantId: string) => Promise<unknown>): ChangeApps =>
  (runtime) => ({
    async uninstallApp(...args) {
      await runtime.apps.uninstallApp(...args);
      await disturb(runtime, args[0]);
    },
  });

const previewing =
  (change: Partial<Awaited<ReturnType<Apps['previewUninstall']>>>): ChangeApps =>
  ({ apps }) => ({
    previewUninstall: async (...args) => ({ ...(await apps.previewUninstall(...args)), ...change }),
  });

export const WRONG_UNINSTALLATIONS: Readonly<Record<string, WrongApps>> = {
  'does not uninstall': {
    change: () => ({ uninstallApp: async () => {} }),
    breaks: ['uninstall/removed', 'uninstall/keep', 'uninstall/purge', 'uninstall/archive'],
  },
  'removes records of the tenant': {
    change: disturbing(async ({ router }, tenantId) =>
      (await router.getTenantClient(tenantId)).execute('DELETE FROM account'),
    ),
    breaks: ['uninstall/removed', 'uninstall/keep'],
  },
  'rejects an app that is not installed': {
    change: ({ apps }) => ({
      async uninstallApp(tenantId, appId, options) {
        await apps.get(tenantId, appId);
        return apps.uninstallApp(tenantId, appId, options);
      },
    }),
    breaks: ['uninstall/repeat'],
  },
  'uninstalls dependents': {
    change: ({ apps }) => ({
      async uninstallApp(tenantId, appId, options) {
        const isInUse = (error: unknown) => ObjectStackError.isInstance(error, 'app_in_use');
        await apps.uninstallApp(tenantId, appId, options).catch((error) => {
          if (!isInUse(error)) throw error;
          return uninstallWithDependents(apps, tenantId, appId);
        });
      },
    }),
    breaks: ['uninstall/dependents'],
  },
  'previews no dependents': { change: previewing({ dependents: [] }), breaks: ['uninstall/preview'] },
  'previews no records': { change: previewing({ records: {} }), breaks: ['uninstall/preview'] },
  'previews no fields': { change: previewing({ fields: [] }), breaks: ['uninstall/preview'] },
  'always purges': {
    change: ({ apps }) => ({
      uninstallApp: (tenantId, appId) => apps.uninstallApp(tenantId, appId, { data: 'purge' }),
    }),
    breaks: ['uninstall/keep'],
  },
  'never purges': {
    change: ({ apps }) => ({ uninstallApp: (tenantId, appId) => apps.uninstallApp(tenantId, appId) }),
    breaks: ['uninstall/purge'],
  },
  'archives nothing': {
    change: ({ apps }) => ({
      uninstallApp: (tenantId, appId, { data, ...options } = {}) =>
        apps.uninstallApp(tenantId, appId, { ...options, ...(data === 'purge' && { data }) }),
    }),
    breaks: ['uninstall/archive'],
  },
  'keeps settings': {
    change: ({ apps }) => {
      const kept: Record<string, unknown> = {};
      return {
        async uninstallApp(tenantId, appId, options) {
          Object.assign(kept, (await apps.get(tenantId, appId)).settings);
          return apps.uninstallApp(tenantId, appId, options);
        },
        installApp: (tenantId, manifest, config, options) =>
          apps.installApp(
            tenantId,
            manifest,
            manifest.name === 'billing' ? { ...kept, ...config } : config,
            options,
          ),
      };
    },
    breaks: ['uninstall/settings'],
  },
};
