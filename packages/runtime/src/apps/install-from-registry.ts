import type { InstallFromRegistryOptions } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import {
  type AppInstallRequestInput,
  AppInstallRequestSchema,
  type AppInstallResult,
} from '@objectstack/spec/system';
import { rcompare } from 'semver';
import { parseInput } from '../shared/parse-input.js';
import type { AppContext } from './app-context.js';
import { isInRange } from './check-dependencies.js';
import { failedInstallation } from './completed-installation.js';
import { incompatible } from './evaluate-layers.js';
import { installApps } from './install-apps.js';
import { openAppTenant } from './open-app-tenant.js';
import { publishedApps } from './published-apps.js';
import { resolveDependencies } from './resolve-dependencies.js';

const noVersion = (appId: string, range: string) =>
  new ObjectStackError({
    code: 'app_not_found',
    message: `The app registry has no version of ${appId} in ${range} that is not yanked.`,
    details: { apps: [appId] },
  });

/** See {@link IAppService.install}. */
export async function installFromRegistry(
  context: AppContext,
  input: AppInstallRequestInput,
  { installDependencies, allow, signal }: InstallFromRegistryOptions,
): Promise<AppInstallResult> {
  const startedAt = performance.now();
  const { tenantId, appId, range, configOverrides, skipSeedData } = parseInput(
    AppInstallRequestSchema,
    input,
    'request',
  );
  const source = publishedApps(context);
  const { before } = await openAppTenant(context, tenantId);
  const installed = new Map(before.apps.map(({ manifest }) => [manifest.name, manifest]));
  const versions = [...(await source.versionsOf(appId))].sort(rcompare);
  const version = versions.find((one) => isInRange(one, range));
  if (version === undefined) throw noVersion(appId, range);
  const manifest = await source.manifestOf(appId, version);
  const root = { manifest, given: configOverrides, skipSeedData };
  if (!installDependencies) return installApps(context, { tenantId, news: [root], allow, signal });
  const { missing, issues } = await resolveDependencies(source, manifest, installed);
  if (issues.length > 0)
    return failedInstallation({ tenantId, manifest, startedAt }, incompatible(appId, issues));
  const news = [...missing.map((app) => ({ manifest: app, given: {}, skipSeedData })), root];
  return installApps(context, { tenantId, news, allow, signal });
}
