import type { UpgradeAppOptions } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { AppInstallResult } from '@objectstack/spec/system';
import type { ChangeApps } from '../app-suite.js';
import type { WrongApps } from './wrong-apps.js';

/** Changes the options of an upgrade. */
const upgrading =
  (change: (options: UpgradeAppOptions) => UpgradeAppOptions): ChangeApps =>
  ({ apps }) => ({
    upgradeApp: (tenantId, appId, manifest, options = {}) =>
      apps.upgradeApp(tenantId, appId, manifest, change(options)),
  });

/** Changes the result of an upgrade. */
const answering =
  (change: (result: AppInstallResult) => AppInstallResult): ChangeApps =>
  ({ apps }) => ({ upgradeApp: async (...args) => change(await apps.upgradeApp(...args)) });

/** Runs before an upgrade that would succeed, and after it. */
const disturbing =
  (disturb: (runtime: Parameters<ChangeApps>[0], tenantId: string) => Promise<unknown>): ChangeApps =>
  (runtime) => ({
    async upgradeApp(...args) {
      const result = await runtime.apps.upgradeApp(...args);
      await disturb(runtime, args[0]);
      return result;
    },
  });

export const WRONG_UPGRADES: Readonly<Record<string, WrongApps>> = {
  'does not upgrade': {
    change: ({ apps }) => ({
      async upgradeApp(tenantId, appId, manifest) {
        await apps.get(tenantId, appId);
        const result = await apps.checkCompatibility(tenantId, manifest);
        if (!result.compatible) return apps.upgradeApp(tenantId, appId, manifest);
        return apps.installApp(tenantId, await apps.getManifest(tenantId, appId), {});
      },
    }),
    breaks: [
      'upgrade/version',
      'upgrade/seeds',
      'upgrade/merge',
      'upgrade/decisions',
      'upgrade/approval',
      'upgrade/settings',
      'upgrade/rollback',
      'extension/tenant',
    ],
  },
  'overwrites edited records': {
    change: disturbing(async ({ router }, tenantId) => {
      const driver = await router.getTenantClient(tenantId);
      await driver.execute(`UPDATE contacts__person SET name = 'Anna' WHERE code = 'ann'`);
    }),
    breaks: ['upgrade/seeds'],
  },
  'counts what it does not write': {
    change: answering((result) => ({ ...result, seededRecords: 1 })),
    breaks: ['upgrade/repeat'],
  },
  'takes the value of the app': {
    change: upgrading((options) => ({ onConflict: 'take_app', ...options })),
    breaks: ['upgrade/merge'],
  },
  'hides conflicts': {
    change: answering((result) => ({ ...result, conflicts: [] })),
    breaks: ['upgrade/merge', 'upgrade/decisions'],
  },
  'ignores decisions': {
    change: upgrading(({ onConflict: _onConflict, decisions: _decisions, ...options }) => options),
    breaks: ['upgrade/decisions'],
  },
  'approves everything': {
    change: upgrading((options) => ({ ...options, allow: ['remove_field:contacts__person.phone'] })),
    breaks: ['upgrade/approval'],
  },
  'approves nothing': {
    change: upgrading(({ allow: _allow, ...options }) => options),
    breaks: ['upgrade/approval'],
  },
  'allows downgrades': {
    change: upgrading((options) => ({ ...options, allowDowngrade: true })),
    breaks: ['upgrade/downgrade'],
  },
  'never downgrades': {
    change: upgrading(({ allowDowngrade: _allowDowngrade, ...options }) => options),
    breaks: ['upgrade/downgrade'],
  },
  'ignores settings': {
    change: upgrading(({ config: _config, ...options }) => options),
    breaks: ['upgrade/settings'],
  },
  'upgrades the app of the manifest': {
    change: ({ apps }) => ({
      upgradeApp: async (tenantId, _appId, manifest, options) =>
        apps.upgradeApp(tenantId, manifest.name, manifest, options),
    }),
    breaks: ['upgrade/conflict'],
  },
  'reports success whatever happened': {
    change: answering((result) => {
      if (result.success) return result;
      const { error: _error, ...rest } = result;
      return { ...rest, success: true };
    }),
    breaks: ['upgrade/conflict', 'upgrade/dependents', 'upgrade/downgrade', 'upgrade/approval'],
  },
  'installs what is not installed': {
    change: ({ apps }) => ({
      upgradeApp: (tenantId, appId, manifest, options) =>
        apps.upgradeApp(tenantId, appId, manifest, options).catch((error) => {
          if (!ObjectStackError.isInstance(error, 'app_not_installed')) throw error;
          return apps.installApp(tenantId, { ...manifest, objectExtensions: [] }, {});
        }),
    }),
    breaks: ['upgrade/absent'],
  },
  'forgets extensions of the tenant': {
    change: disturbing(async ({ deployments }, tenantId) => {
      const account = { name: 'account', fields: { name: { type: 'text' } } } as const;
      const allow = ['remove_field:contacts__person.nick'];
      await deployments.deploy(tenantId, { manifest: { version: '9.0.0' }, objects: [account] }, { allow });
    }),
    breaks: ['extension/tenant', 'upgrade/merge'],
  },
  'upgrades in two deployments': {
    change: ({ apps }) => ({
      async upgradeApp(tenantId, appId, manifest, options) {
        const { config: _config, ...rest } = options ?? {};
        const between = { ...(await apps.getManifest(tenantId, appId)), version: '1.0.1', label: 'Between' };
        await apps.upgradeApp(tenantId, appId, between, rest);
        return apps.upgradeApp(tenantId, appId, manifest, options);
      },
    }),
    breaks: ['upgrade/rollback'],
  },
};
