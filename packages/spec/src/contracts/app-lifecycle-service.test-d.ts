import { describe, expectTypeOf, it } from 'vitest';
import type { AppManifest, AppManifestInput } from '../system/app-install.zod.js';
import type { AppInstallResult } from '../system/app-install-result.zod.js';
import type {
  AppCompatibilityCheck,
  CompatibilityResult,
  IAppLifecycleService,
} from './app-lifecycle-service.js';

/** The signatures in the protocol issue. */
interface Asked {
  checkCompatibility(tenantId: string, manifest: AppManifest): Promise<CompatibilityResult>;
  installApp(
    tenantId: string,
    manifest: AppManifest,
    config: Record<string, unknown>,
  ): Promise<AppInstallResult>;
  upgradeApp(tenantId: string, appId: string, newManifest: AppManifest): Promise<AppInstallResult>;
  uninstallApp(tenantId: string, appId: string): Promise<void>;
}

declare const result: AppInstallResult;

describe('IAppLifecycleService', () => {
  it("matches the protocol's signatures exactly", () => {
    expectTypeOf<IAppLifecycleService>().toExtend<Asked>();
    expectTypeOf<Asked>().toExtend<IAppLifecycleService>();
    expectTypeOf<keyof IAppLifecycleService>().toEqualTypeOf<keyof Asked>();
  });

  it('accepts a manifest without its defaults', () => {
    expectTypeOf<IAppLifecycleService['installApp']>().parameter(1).toEqualTypeOf<AppManifestInput>();
    expectTypeOf<{ name: string; namespace: string; version: string }>().toExtend<AppManifestInput>();
    expectTypeOf<{ name: string }>().not.toExtend<AppManifestInput>();
  });

  it('has an error only on failure', () => {
    if (result.success) expectTypeOf(result).not.toHaveProperty('error');
    else expectTypeOf(result.error.code).toBeString();
    expectTypeOf<CompatibilityResult>().toEqualTypeOf<AppCompatibilityCheck>();
  });
});
