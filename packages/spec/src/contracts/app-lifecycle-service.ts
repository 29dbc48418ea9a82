import type { AppCompatibilityCheck, CompatibilityResult } from '../system/app-compatibility.zod.js';
import type { AppManifestInput } from '../system/app-install.zod.js';
import type { AppInstallResult, AppMergeDecision } from '../system/app-install-result.zod.js';
import type { CallOptions } from './call-options.js';

/** Options for installing an app. */
export interface InstallAppOptions extends CallOptions {
  /** If `true`, the app's seed data is not written. Defaults to false. */
  skipSeedData?: boolean;
  /**
   * Identifiers of the changes that the caller approves, for example `remove_field:crm__account.industry`: changes that
   * remove data or weaken a rule are rejected otherwise. Defaults to none.
   */
  allow?: readonly string[];
}

/** Options for upgrading an app. */
export interface UpgradeAppOptions extends CallOptions {
  /** Values of the settings to change, by name; all other settings keep their values. Defaults to no changes. */
  config?: Record<string, unknown>;
  /**
   * Identifiers of the changes that the caller approves, for example `remove_field:crm__account.industry`: changes that
   * remove data or weaken a rule are rejected otherwise. Defaults to none.
   */
  allow?: readonly string[];
  /**
   * Whether the new version may be older than the installed version; otherwise a downgrade is rejected. Defaults to false.
   */
  allowDowngrade?: boolean;
  /** Decision for components that both the new version of the app and the tenant changed. Defaults to keep_tenant. */
  onConflict?: AppMergeDecision;
  /**
   * Decisions for individual components that both changed, by kind and name, for example `take_app` for
   * `view/crm__accounts`. All other components are decided by `onConflict`.
   */
  decisions?: Readonly<Record<string, AppMergeDecision>>;
}

/** Options for uninstalling an app. */
export interface UninstallAppOptions extends CallOptions {
  /**
   * What happens to the data of the app. keep: the data is retained in the tenant's database for the retention window,
   * within which installing the app again restores it; archive: the data is exported to the bundle store and deleted
   * from the database, and installing the app again restores it until the archive expires; purge: the data is
   * permanently deleted immediately; archives of the app are no longer restored, and the bundle store removes their files
   * after its grace period. Defaults to keep.
   */
  data?: 'keep' | 'archive' | 'purge';
}

/**
 * Installs apps into a tenant, upgrades them and uninstalls them. An app owns the components that it installs, under
 * its namespace. Each change is one deployment of the tenant, which the pipeline can roll back. Methods reject like
 * the router's, and with `invalid_request` if a manifest is malformed.
 */
export interface IAppLifecycleService {
  /**
   * Returns what prevents the installation of the app in the tenant, or its upgrade if another version is installed.
   * Required settings without a default value are warnings, because no values are given. Changes nothing.
   */
  checkCompatibility(tenantId: string, manifest: AppManifestInput): Promise<CompatibilityResult>;
  /**
   * Installs the app: tables, metadata and history in one transaction, then the seed data; if that fails, everything is
   * rolled back. Idempotent: repeating a call that succeeded changes nothing, and all counts of its result are 0;
   * repeating a call that was interrupted completes it. If the same version is installed with other values of settings,
   * they are changed to the given ones, and settings that are not given keep their values. Retained data of an earlier
   * installation is restored. If the app cannot be installed, the result has `success: false`, with `app_incompatible`,
   * whose details list all issues, or with the error of the deployment, and nothing changed. Values of secret settings
   * are encrypted before they are stored. Rejects with `configuration_incomplete` if a secret is given and no sealer is
   * configured.
   */
  installApp(
    tenantId: string,
    manifest: AppManifestInput,
    config: Record<string, unknown>,
    options?: InstallAppOptions,
  ): Promise<AppInstallResult>;
  /**
   * Upgrades an installed app to another version and preserves what the tenant changed: its changes are merged with
   * those of the new version, property by property. The result lists the properties that both changed, with the
   * decisions. Idempotent. Fails like `installApp`, and also rejects with `app_not_installed`.
   */
  upgradeApp(
    tenantId: string,
    appId: string,
    newManifest: AppManifestInput,
    options?: UpgradeAppOptions,
  ): Promise<AppInstallResult>;
  /**
   * Uninstalls the app: removes its components, settings and secrets, and what the app added to objects of other
   * owners. Rejects with `app_in_use` if other apps or metadata of the tenant depend on the app; `details.dependents`
   * names them. Idempotent: does nothing if the app is not installed, except that `archive` archives and `purge` deletes
   * the data that is still retained, which also completes a call that was interrupted.
   */
  uninstallApp(tenantId: string, appId: string, options?: UninstallAppOptions): Promise<void>;
}

/** The result of `checkCompatibility`, under both of its names. */
export type { AppCompatibilityCheck, CompatibilityResult };
