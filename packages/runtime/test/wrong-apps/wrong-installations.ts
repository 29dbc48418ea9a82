import { ObjectStackError } from '@objectstack/spec/shared';
import type { AppInstallResult, AppManifestInput, InstalledApp } from '@objectstack/spec/system';
import type { Apps, ChangeApps } from '../app-suite.js';
import type { WrongApps } from './wrong-apps.js';

/** Changes what is installed. */
const installing =
  (change: (manifest: AppManifestInput) => AppManifestInput): ChangeApps =>
  ({ apps }) => ({
    installApp: (tenantId, manifest, config, options) =>
      apps.installApp(tenantId, change(manifest), config, options),
  });

/** Changes the result of an installation. */
const answering =
  (change: (result: AppInstallResult) => AppInstallResult): ChangeApps =>
  ({ apps }) => ({
    installApp: async (...args) => change(await apps.installApp(...args)),
  });

async function unlessFailed(call: Promise<AppInstallResult>): Promise<AppInstallResult> {
  const result = await call;
  if (!result.success) throw ObjectStackError.fromProblemDetails(result.error);
  return result;
}

/** Takes the last version that the registry lists, whatever it contains. */
const trusting: ChangeApps = ({ apps }, registry) => ({
  async install({ tenantId, appId, configOverrides = {} }) {
    const { version = '' } = (await registry.listVersions(appId)).at(-1) ?? {};
    const { bytes } = await registry.getManifest(appId, version);
    return apps.installApp(tenantId, JSON.parse(new TextDecoder().decode(bytes)), configOverrides);
  },
});

type Settings = InstalledApp['settings'];

const values = new WeakMap<Apps, Map<string, Settings>>();

/** Returns every value of a setting as it was given. */
const revealing: ChangeApps = ({ apps }) => {
  const known = values.get(apps) ?? new Map<string, Settings>();
  values.set(apps, known);
  return {
    async installApp(tenantId, manifest, config, options) {
      known.set(`${tenantId}/${manifest.name}`, config as Settings);
      return apps.installApp(tenantId, manifest, config, options);
    },
    async get(tenantId, appId) {
      const app = await apps.get(tenantId, appId);
      return { ...app, settings: { ...app.settings, ...known.get(`${tenantId}/${appId}`) } };
    },
  };
};

export const WRONG_INSTALLATIONS: Readonly<Record<string, WrongApps>> = {
  'leaves out flows': { change: installing((app) => ({ ...app, flows: [] })), breaks: ['install/complete'] },
  'leaves out extensions': {
    change: installing((app) => ({ ...app, objectExtensions: [] })),
    breaks: ['install/complete', 'extension/app', 'extension/other', 'extension/fields'],
  },
  'leaves out seed data': {
    change: installing((app) => ({ ...app, seedData: [] })),
    breaks: ['install/complete', 'install/whole'],
  },
  'counts records that it does not write': {
    change: answering((result) => ({ ...result, seededRecords: 2 })),
    breaks: ['install/repeat', 'install/seeds', 'uninstall/keep'],
  },
  'counts tables that exist': {
    change: answering((result) => ({ ...result, createdTables: result.installedObjects })),
    breaks: ['install/repeat', 'install/parallel'],
  },
  'does not name its deployment': {
    change: answering(({ deploymentId: _deploymentId, ...result }) => result),
    breaks: ['install/rollback'],
  },
  'rejects what it refuses': {
    change: ({ apps }) => ({ installApp: (...args) => unlessFailed(apps.installApp(...args)) }),
    breaks: ['install/incompatible', 'install/whole', 'install/installed', 'install/settings'],
  },
  'reports only one issue': {
    change: answering((result) => {
      if (result.success) return result;
      const { issues } = (result.error.details ?? {}) as { issues?: unknown[] };
      if (!issues) return result;
      return {
        ...result,
        error: { ...result.error, details: { issues: issues.slice(0, 1) } },
      } as typeof result;
    }),
    breaks: ['install/incompatible'],
  },
  'leaves an app without its seed data': {
    change: ({ apps }) => ({
      async installApp(tenantId, manifest, config, options) {
        const result = await apps.installApp(tenantId, manifest, config, options);
        if (!result.success && result.error.code === 'seed_failed')
          await apps.installApp(tenantId, manifest, config, { skipSeedData: true });
        return result;
      },
    }),
    breaks: ['install/whole'],
  },
  'always writes seed data': {
    change: ({ apps }) => ({
      installApp: (tenantId, manifest, config) => apps.installApp(tenantId, manifest, config),
    }),
    breaks: ['install/seeds'],
  },
  'upgrades what is installed': {
    change: ({ apps }) => ({
      async installApp(tenantId, manifest, config, options) {
        const isInstalled = (await apps.list(tenantId)).some(({ appId }) => appId === manifest.name);
        if (isInstalled) return apps.upgradeApp(tenantId, manifest.name, manifest);
        return apps.installApp(tenantId, manifest, config, options);
      },
    }),
    breaks: ['install/installed'],
  },
  'ignores settings that do not fit': {
    change: ({ apps }) => ({
      async installApp(tenantId, manifest, config, options) {
        const { limit, ...rest } = config;
        const fits = typeof limit === 'number' && Number.isFinite(limit);
        return apps.installApp(tenantId, manifest, fits ? config : rest, options);
      },
    }),
    breaks: ['install/settings'],
  },
  'never changes settings of what is installed': {
    change: ({ apps }) => ({
      async installApp(tenantId, manifest, config, options) {
        const isInstalled = (await apps.list(tenantId)).some(({ appId }) => appId === manifest.name);
        return apps.installApp(tenantId, manifest, isInstalled ? {} : config, options);
      },
    }),
    breaks: ['install/changed'],
  },
  'changes settings in every call': {
    change: ({ apps }) => ({
      async installApp(tenantId, manifest, config, options) {
        const result = await apps.installApp(tenantId, manifest, config, options);
        if (!('currency' in (manifest.settings ?? {}))) return result;
        return apps.upgradeApp(tenantId, manifest.name, manifest, { config: { limit: Math.random() } });
      },
    }),
    breaks: ['install/changed', 'install/settings'],
  },
  'stores no settings': {
    change: ({ apps }) => ({
      get: async (...args) => ({ ...(await apps.get(...args)), settings: {} }),
    }),
    breaks: ['install/settings', 'upgrade/settings'],
  },
  'returns secrets': { change: revealing, breaks: ['install/secrets'] },
  'removes objects of the tenant': {
    change: ({ apps, deployments }) => ({
      async installApp(tenantId, manifest, config, options) {
        const result = await apps.installApp(tenantId, manifest, config, options);
        const objects = [{ name: 'account', fields: { city: { type: 'text' } } } as const];
        const allow = ['remove_field:account.name'];
        await deployments
          .deploy(tenantId, { manifest: { version: '9.0.0' }, objects }, { allow })
          .catch(() => undefined);
        return result;
      },
    }),
    breaks: ['install/beside', 'extension/app', 'uninstall/removed'],
  },
  'owns nothing': {
    change: ({ apps }) => ({ get: async (...args) => ({ ...(await apps.get(...args)), components: [] }) }),
    breaks: ['install/owners'],
  },
  'regards every component as unmodified': {
    change: ({ apps }) => ({
      async get(tenantId, appId) {
        const app = await apps.get(tenantId, appId);
        return { ...app, components: app.components.map((one) => ({ ...one, isModified: false })) };
      },
    }),
    breaks: ['install/owners'],
  },
  'trusts the app registry': {
    change: trusting,
    breaks: ['registry/newest', 'registry/missing', 'registry/untrusted', 'registry/dependencies'],
  },
  'never installs dependencies': {
    change: ({ apps }) => ({ install: (request) => apps.install(request) }),
    breaks: ['registry/dependencies'],
  },
  'installs dependencies without request': {
    change: ({ apps }) => ({
      install: (request, options) => apps.install(request, { ...options, installDependencies: true }),
    }),
    breaks: ['registry/dependencies'],
  },
};
