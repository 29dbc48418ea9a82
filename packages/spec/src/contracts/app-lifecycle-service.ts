import type { AppCompatibilityCheck, CompatibilityResult } from '../system/app-compatibility.zod.js';
import type { AppManifestInput } from '../system/app-install.zod.js';
import type { AppInstallResult } from '../system/app-install-result.zod.js';
import type { CallOptions } from './call-options.js';

/**
 * Installs apps into a tenant, upgrades them and uninstalls them. An app owns the components that it installs, under
 * its namespace. Methods reject like the router's, and with `invalid_request` if a manifest is malformed. Not
 * implemented yet: every method rejects with `not_supported`.
 */
export interface IAppLifecycleService {
  /** Returns what prevents the installation of the app in the tenant. Changes nothing. */
  checkCompatibility(tenantId: string, manifest: AppManifestInput): Promise<CompatibilityResult>;
  /**
   * Installs the app: tables, metadata and history in one transaction, then the seed data. Idempotent: if the app is
   * already installed in this version, the first result is returned. If the app cannot be installed, the result has
   * `success: false`, and nothing changed. Values of secret settings are encrypted before they are stored.
   */
  installApp(
    tenantId: string,
    manifest: AppManifestInput,
    config: Record<string, unknown>,
    options?: CallOptions,
  ): Promise<AppInstallResult>;
  /** Upgrades an installed app to another version and preserves what the tenant changed. Idempotent. */
  upgradeApp(
    tenantId: string,
    appId: string,
    newManifest: AppManifestInput,
    options?: CallOptions,
  ): Promise<AppInstallResult>;
  /** Uninstalls the app. Fails if another app depends on it. Idempotent. */
  uninstallApp(tenantId: string, appId: string, options?: CallOptions): Promise<void>;
}

/** The result of `checkCompatibility`, under both of its names. */
export type { AppCompatibilityCheck, CompatibilityResult };
