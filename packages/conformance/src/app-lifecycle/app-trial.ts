import assert from 'node:assert/strict';
import type {
  DataRecord,
  IAppLifecycleService,
  IAppRegistry,
  IAppService,
  IDataDriver,
  IDeploymentService,
  IDeployPipelineService,
  IProvisioningService,
  ITenantRouter,
} from '@objectstack/spec/contracts';
import {
  type AppCompatibilityIssue,
  type AppInstallResult,
  AppInstallResultSchema,
  type CurrentSchema,
  type DeployBundleInput,
  type InstalledApp,
} from '@objectstack/spec/system';
import { MismatchError } from '../kit/mismatch.js';
import { show } from '../kit/show.js';
import type { MemoryAppRegistry } from './memory-app-registry.js';
import { OWN_BUNDLE } from './sample-apps.js';

/** The services that a check uses. */
export interface AppLifecycleServiceSubject {
  /** The tested service. Can encrypt secrets, and has the app registry that `create` was called with. */
  readonly apps: IAppLifecycleService & IAppService;
  /** Creates the tenants of a check. */
  readonly provisioning: IProvisioningService;
  /** Opens their databases. */
  readonly router: ITenantRouter;
  /** Deploys their bundles and rolls deployments back. */
  readonly deployments: IDeployPipelineService & IDeploymentService;
  /** Reads the schema of a tenant's database. */
  readonly introspect: (driver: IDataDriver) => Promise<CurrentSchema>;
  /** Closes what `create` opened and removes its databases. */
  readonly destroy?: () => Promise<void>;
}

/** Creates the services, which resolve apps in the registry. */
export type CreateAppServices = (registry: IAppRegistry) => Promise<AppLifecycleServiceSubject>;

/** A tenant that has deployed {@link OWN_BUNDLE} and has one record. */
export interface AppTenantTrial {
  readonly tenantId: string;
  readonly driver: IDataDriver;
  readonly accountId: string;
}

/** Everything that a call which fails must not change. */
export interface AppTenantState {
  readonly objects: CurrentSchema['objects'];
  readonly components: CurrentSchema['components'];
  readonly tables: CurrentSchema['tables'];
  readonly records: Readonly<Record<string, DataRecord[]>>;
  readonly apps: InstalledApp[];
}

/** What a check works with. */
export class AppTrial {
  readonly subject: AppLifecycleServiceSubject;
  readonly registry: MemoryAppRegistry;

  constructor(subject: AppLifecycleServiceSubject, registry: MemoryAppRegistry) {
    this.subject = subject;
    this.registry = registry;
  }

  get apps(): IAppLifecycleService & IAppService {
    return this.subject.apps;
  }

  async tenant(): Promise<AppTenantTrial> {
    const { provisioning, router, deployments } = this.subject;
    const { tenantId } = await provisioning.provisionTenant({ orgId: 'acme', plan: 'enterprise' });
    await deployments.deploy(tenantId, OWN_BUNDLE);
    const driver = await router.getTenantClient(tenantId);
    const { id } = await driver.create('account', { name: 'Kept' });
    return { tenantId, driver, accountId: id };
  }

  /** Deploys another version of the tenant's own bundle. */
  async deploy(tenantId: string, bundle: Omit<DeployBundleInput, 'manifest'>, version = '2.0.0') {
    return this.subject.deployments.deploy(tenantId, { ...OWN_BUNDLE, manifest: { version }, ...bundle });
  }

  async state({ tenantId }: Pick<AppTenantTrial, 'tenantId'>): Promise<AppTenantState> {
    const driver = await this.subject.router.getTenantClient(tenantId);
    const { objects, components, tables } = await this.subject.introspect(driver);
    const records: Record<string, DataRecord[]> = {};
    for (const { definition } of objects)
      records[definition.name] = await driver.find(definition.name, { orderBy: [{ field: 'id' }] });
    return { objects, components, tables, records, apps: await this.apps.list(tenantId) };
  }

  /** Names of the objects of the tenant. */
  async objects({ driver }: Pick<AppTenantTrial, 'driver'>): Promise<string[]> {
    const { objects } = await this.subject.introspect(driver);
    return objects.map(({ definition }) => definition.name);
  }

  /** Installed apps and their versions. */
  async versions({ tenantId }: Pick<AppTenantTrial, 'tenantId'>): Promise<Record<string, string>> {
    const apps = await this.apps.list(tenantId);
    return Object.fromEntries(apps.map(({ appId, version }) => [appId, version]));
  }
}

/** The result of a call that must succeed. */
export async function succeeded(call: Promise<AppInstallResult>): Promise<AppInstallResult> {
  const result = await call;
  assert.deepEqual(AppInstallResultSchema.parse(result), result);
  if (!result.success)
    throw new MismatchError({ expected: 'a result with success: true', found: show(result) });
  return result;
}

/** Issues of a call that must fail because the app is not compatible. */
export async function issuesOf(call: Promise<AppInstallResult>): Promise<AppCompatibilityIssue[]> {
  const { code, details } = await failed(call);
  assert.equal(code, 'app_incompatible');
  return details?.issues as unknown as AppCompatibilityIssue[];
}

/** The error of a call that must have a result with `success: false`. */
export async function failed(call: Promise<AppInstallResult>) {
  const result = await call;
  assert.deepEqual(AppInstallResultSchema.parse(result), result);
  if (result.success)
    throw new MismatchError({ expected: 'a result with success: false', found: show(result) });
  const { createdTables, seededRecords, restoredRecords, deploymentId } = result;
  assert.deepEqual([createdTables, seededRecords, restoredRecords], [[], 0, 0]);
  assert.equal(deploymentId, undefined);
  return result.error;
}

/** Sorted codes of the issues with this severity. */
export const codesOf = (issues: readonly AppCompatibilityIssue[], severity = 'error'): string[] =>
  issues.flatMap((issue) => (issue.severity === severity ? [issue.code] : [])).sort();
