import type { AppCompatibilityCheck, CompatibilityResult } from '../system/app-compatibility.zod.js';
import type { AppManifestInput } from '../system/app-install.zod.js';
import type { AppInstallResult } from '../system/app-install-result.zod.js';
import type { CallOptions } from './call-options.js';

/**
 * Brings apps into a tenant and takes them out again. Apps own what they install, under their namespace. Methods
 * reject like the router's, and with `invalid_request` when a manifest does not parse. Every method is refused as
 * `not_supported` for now.
 */
export interface IAppLifecycleService {
  /** What stands between the app and the tenant. Changes nothing. */
  checkCompatibility(tenantId: string, manifest: AppManifestInput): Promise<CompatibilityResult>;
  /**
   * Installs the app: tables, metadata and history in one transaction, then its records. Harmless to repeat: an app
   * that is there in this version gives its first result. What keeps it from being installed gives a result with
   * `success: false`, and nothing changed. Values of secret settings are sealed before anything is stored.
   */
  installApp(
    tenantId: string,
    manifest: AppManifestInput,
    config: Record<string, unknown>,
    options?: CallOptions,
  ): Promise<AppInstallResult>;
  /** Brings an installed app to another version and keeps what the tenant changed. Repeating it is harmless. */
  upgradeApp(
    tenantId: string,
    appId: string,
    newManifest: AppManifestInput,
    options?: CallOptions,
  ): Promise<AppInstallResult>;
  /** Takes the app out, unless something depends on it. Harmless to repeat. */
  uninstallApp(tenantId: string, appId: string, options?: CallOptions): Promise<void>;
}

/** What `checkCompatibility` answers with, under both of its names. */
export type { AppCompatibilityCheck, CompatibilityResult };
