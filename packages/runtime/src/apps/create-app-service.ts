import type {
  IAppLifecycleService,
  IAppService,
  InstallAppOptions,
  InstallFromRegistryOptions,
  UninstallAppOptions,
  UpgradeAppOptions,
} from '@objectstack/spec/contracts';
import { ObjectStackError, unlessAborted } from '@objectstack/spec/shared';
import { AppMergeDecisionEnum } from '@objectstack/spec/system';
import * as z from 'zod';
import { parseInput } from '../shared/parse-input.js';
import { readOptions } from '../shared/read-options.js';
import type { AppContext } from './app-context.js';
import { describeApps, findApp } from './describe-apps.js';
import { evaluateInstallation } from './evaluate-installation.js';
import { hasErrors, listedIssues } from './evaluate-layers.js';
import { findArchives } from './find-archives.js';
import { installApps } from './install-apps.js';
import { installFromRegistry } from './install-from-registry.js';
import { openAppTenant } from './open-app-tenant.js';
import { readManifest } from './read-manifest.js';
import { previewUninstall, uninstallApp } from './uninstall-app.js';
import { evaluateUpgrade, upgradeApp } from './upgrade-app.js';

const Allow = z.array(z.string()).optional();
const Flag = z.boolean().optional();
const ConfigSchema = z.record(z.string(), z.unknown());

const InstallOptionsSchema = z.object({ allow: Allow, skipSeedData: Flag, installDependencies: Flag });
const UpgradeOptionsSchema = z.object({
  allow: Allow,
  allowDowngrade: Flag,
  config: ConfigSchema.optional(),
  onConflict: AppMergeDecisionEnum.optional(),
  decisions: z.record(z.string(), AppMergeDecisionEnum).optional(),
});
const UninstallOptionsSchema = z.object({ data: z.enum(['keep', 'archive', 'purge']).optional() });

function checked<T extends object>(schema: z.ZodType, options: T): T {
  parseInput(schema, options, 'options');
  return options;
}

/** A getter of the caller is read once. */
const copyConfig = (config: unknown) => parseInput(ConfigSchema, config ?? {}, 'settings');

/** Installs, upgrades and uninstalls apps, and reads which are installed. */
export function createAppService(context: AppContext): IAppLifecycleService & IAppService {
  const requestedBy = ({ actor, requestId }: Pick<InstallAppOptions, 'actor' | 'requestId'>): AppContext => ({
    ...context,
    by: { actor, requestId },
  });
  return {
    async checkCompatibility(tenantId, input) {
      const manifest = readManifest(input);
      const tenant = await openAppTenant(context, tenantId);
      const installed = tenant.before.apps.find((app) => app.manifest.name === manifest.name);
      const appId = manifest.name;
      const { issues } = installed
        ? await evaluateUpgrade(context, tenant, {
            tenantId,
            appId,
            manifest,
            options: {},
            operation: 'check',
          })
        : await evaluateInstallation(context, tenant, {
            news: [{ manifest, given: {} }],
            operation: 'check',
          });
      return { compatible: !hasErrors(issues), issues: listedIssues(issues) };
    },
    async installApp(tenantId, input, config, given) {
      const options = checked(InstallOptionsSchema, readOptions<InstallAppOptions>(given));
      const { skipSeedData, allow, signal } = options;
      const news = [{ manifest: readManifest(input), given: copyConfig(config), skipSeedData }];
      return unlessAborted(installApps(requestedBy(options), { tenantId, news, allow, signal }), signal);
    },
    async upgradeApp(tenantId, appId, input, given) {
      const options = checked(UpgradeOptionsSchema, readOptions<UpgradeAppOptions>(given));
      const request = {
        tenantId,
        appId,
        manifest: readManifest(input),
        options,
        operation: 'upgrade' as const,
      };
      return unlessAborted(upgradeApp(requestedBy(options), request), options.signal);
    },
    async uninstallApp(tenantId, appId, given) {
      const options = checked(UninstallOptionsSchema, readOptions<UninstallAppOptions>(given));
      return unlessAborted(uninstallApp(requestedBy(options), { tenantId, appId, options }), options.signal);
    },
    async install(request, given) {
      const options = checked(InstallOptionsSchema, readOptions<InstallFromRegistryOptions>(given));
      return unlessAborted(installFromRegistry(requestedBy(options), request, options), options.signal);
    },
    async list(tenantId) {
      return describeApps((await openAppTenant(context, tenantId)).before);
    },
    async get(tenantId, appId) {
      const { before } = await openAppTenant(context, tenantId);
      const { manifest } = findApp(before, appId);
      const found = describeApps(before).find((app) => app.appId === manifest.name);
      if (found) return found;
      throw new ObjectStackError({ code: 'internal', message: 'The app could not be described.' });
    },
    async getManifest(tenantId, appId) {
      return structuredClone(findApp((await openAppTenant(context, tenantId)).before, appId).manifest);
    },
    async previewUninstall(tenantId, appId) {
      return previewUninstall(await openAppTenant(context, tenantId), appId);
    },
    async listArchives(tenantId) {
      return findArchives(await context.router.getTenantClient(tenantId), context.clock.now());
    },
  };
}
