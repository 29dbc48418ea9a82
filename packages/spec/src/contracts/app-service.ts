import type { AppArchive } from '../system/app-archive.zod.js';
import type { AppInstallRequestInput, AppManifestInput } from '../system/app-install.zod.js';
import type { AppInstallResult } from '../system/app-install-result.zod.js';
import type { AppUninstallPreview, InstalledApp } from '../system/installed-app.zod.js';
import type { InstallAppOptions } from './app-lifecycle-service.js';

/** Options for installing an app from the app registry. */
export interface InstallFromRegistryOptions extends Omit<InstallAppOptions, 'skipSeedData'> {
  /**
   * Whether to also install the apps that this app requires and that are missing, in the same deployment. Otherwise the
   * installation is rejected if one is missing. Defaults to false.
   */
  installDependencies?: boolean;
}

/** Reads the apps of a tenant, and installs apps from the app registry. Methods reject like the router's. */
export interface IAppService {
  /** Returns the installed apps in the order of their installation. Changes nothing. */
  list(tenantId: string): Promise<InstalledApp[]>;

  /** Returns an installed app. Changes nothing. Rejects with `app_not_installed`. */
  get(tenantId: string, appId: string): Promise<InstalledApp>;

  /**
   * Returns the manifest of the installed version. It contains no values of settings. Changes nothing. Rejects with
   * `app_not_installed`.
   */
  getManifest(tenantId: string, appId: string): Promise<AppManifestInput>;

  /**
   * Installs the newest suitable version from the app registry. With `installDependencies`, required apps that are
   * missing are installed before it, in the same deployment: the newest versions that all ranges permit. Fails like
   * `IAppLifecycleService.installApp`, and rejects with `app_not_found` if the registry has no suitable version,
   * `app_untrusted` if a manifest is not trusted, and `configuration_incomplete` without an app registry.
   */
  install(request: AppInstallRequestInput, options?: InstallFromRegistryOptions): Promise<AppInstallResult>;

  /** Returns the effects of uninstalling an app. Changes nothing. Rejects with `app_not_installed`. */
  previewUninstall(tenantId: string, appId: string): Promise<AppUninstallPreview>;

  /**
   * Returns the archives of uninstalled apps that have not expired, the latest first. Changes nothing.
   */
  listArchives(tenantId: string): Promise<AppArchive[]>;
}
