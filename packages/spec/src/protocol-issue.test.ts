import { describe, expect, expectTypeOf, it } from 'vitest';
import { declaredNames, exportedFiles, sourceFiles } from '../test/source-files.js';
import { type TursoTokenScope as Scope, TursoTokenScope } from './index.js';

/** Names in the original protocol issue, by the file for which it specifies them. */
const NAMED: Record<string, readonly string[]> = {
  'data/driver/turso-multi-tenant.zod.ts': [
    'TursoMultiTenantConfigSchema',
    'TenantDatabaseLifecycleSchema',
    'TursoGroupSchema',
  ],
  'data/index.ts': [
    'TursoMultiTenantConfigSchema',
    'TenantDatabaseLifecycleSchema',
    'TursoGroupSchema',
    'TursoDatabaseInfoSchema',
    'TursoTokenScope',
  ],
  'contracts/turso-platform.ts': ['ITursoPlatformService', 'TursoDatabaseInfo', 'TursoTokenScope'],
  'data/driver-sql.zod.ts': [
    'SQLDialectSchema',
    'SQLDialect',
    'SQLiteDataTypeMappingDefaults',
    'SQLiteAlterTableLimitations',
  ],
  'system/provisioning.zod.ts': [
    'TenantProvisioningRequestSchema',
    'TenantProvisioningRequest',
    'TenantProvisioningResultSchema',
    'TenantProvisioningResult',
    'TenantProvisioningStatusEnum',
    'TenantProvisioningStatus',
    'TenantPlanSchema',
    'TenantPlan',
    'TenantRegionSchema',
    'ProvisioningStepSchema',
  ],
  'system/tenant.zod.ts': [
    'TenantSchema',
    'TenantIsolationLevel',
    'TenantQuotaSchema',
    'TenantUsageSchema',
    'QuotaEnforcementResult',
    'QuotaEnforcementResultSchema',
  ],
  'contracts/provisioning-service.ts': ['IProvisioningService'],
  'system/deploy-bundle.zod.ts': [
    'DeployBundleSchema',
    'DeployBundle',
    'DeployManifestSchema',
    'DeployDiffSchema',
    'DeployDiff',
    'DeployValidationResult',
    'DeployValidationResultSchema',
    'MigrationPlanSchema',
    'MigrationPlan',
    'DeployStatusEnum',
    'DeployResult',
  ],
  'contracts/schema-diff-service.ts': ['ISchemaDiffService'],
  'system/schema.zod.ts': ['CurrentSchema', 'MigrationResult'],
  'data/object.zod.ts': ['ObjectDefinition'],
  'contracts/data-driver.ts': ['IDataDriver'],
  'contracts/deploy-pipeline-service.ts': ['IDeployPipelineService'],
  'kernel/context.zod.ts': ['KernelContextSchema', 'TenantRuntimeContextSchema', 'TenantRuntimeContext'],
  'identity/session.zod.ts': ['AuthSession'],
  'contracts/tenant-router.ts': ['ITenantRouter'],
  'system/app-install.zod.ts': [
    'AppManifestSchema',
    'AppManifest',
    'AppInstallRequestSchema',
    'AppInstallResultSchema',
    'AppInstallResult',
    'AppCompatibilityCheck',
    'AppCompatibilityCheckSchema',
    'CompatibilityResult',
  ],
  'contracts/app-lifecycle-service.ts': ['IAppLifecycleService', 'CompatibilityResult'],
  'system/index.ts': [
    'TenantProvisioningRequestSchema',
    'TenantSchema',
    'DeployBundleSchema',
    'AppManifestSchema',
  ],
  'contracts/index.ts': [
    'ITursoPlatformService',
    'IProvisioningService',
    'ISchemaDiffService',
    'IDeployPipelineService',
    'ITenantRouter',
    'IAppLifecycleService',
  ],
};

/** Names that a file exports: its own, those of the files that it re-exports, and listed types. */
function exportedNames(path: string): string[] {
  const exported = new Set(exportedFiles(path));
  const files = sourceFiles.filter((file) => exported.has(file.path));
  const listed = files.flatMap(({ text }) =>
    [...text.matchAll(/^export type \{([^}]*)\};/gm)].flatMap(([, names = '']) => names.split(/[\s,]+/)),
  );
  return [...files.flatMap(declaredNames), ...listed];
}

describe.each(Object.entries(NAMED))('%s', (path, names) => {
  const exported = exportedNames(path);

  it.each(names)('exports %s', (name) => {
    expect(exported).toContain(name);
  });
});

describe('TursoTokenScope', () => {
  it('is a value and a type at the root, even if a contract re-exports only the type', () => {
    expect(TursoTokenScope.options).toEqual(['full-access', 'read-only']);
    expectTypeOf<Scope>().toEqualTypeOf<'full-access' | 'read-only'>();
  });
});
