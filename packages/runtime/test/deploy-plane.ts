import { readdir } from 'node:fs/promises';
import type {
  DataRecord,
  IBundleStore,
  IDataDriver,
  IDeployPipelineService,
  ITenantRegistry,
} from '@objectstack/spec/contracts';
import type { SeedEnvironment } from '@objectstack/spec/data';
import {
  type DeployBundleInput,
  type DeployResult,
  DeployResultSchema,
  type MigrationPlan,
} from '@objectstack/spec/system';
import { createFileBundleStore } from '../src/bundle/create-file-bundle-store.js';
import { createDeployPipeline } from '../src/deploy/create-deploy-pipeline.js';
import type { DeploymentService } from '../src/deploy/deployment-service.js';
import { activeTenant, type ControlPlane, openControlPlane } from './control-plane.js';
import { faultyParts } from './fault-parts.js';
import type { Faults } from './fault-plane.js';
import { folderWith } from './folder-content.js';
import type { ManualClock } from './manual-clock.js';
import { tenantContent } from './tenant-content.js';

export interface DeployPlane extends ControlPlane {
  readonly bundles: IBundleStore;
  readonly deployments: DeploymentService;
}

interface DeployPlaneOptions {
  dir?: string;
  clock?: ManualClock;
  environment?: SeedEnvironment;
  faults?: Faults;
  registry?: ITenantRegistry;
  /** Number of seed records in one transaction. */
  seedChunkSize?: number;
}

/** A control plane with the deploy pipeline, optionally with faults around every call of the pipeline. */
export async function openDeployPlane(options: DeployPlaneOptions = {}): Promise<DeployPlane> {
  const { environment = 'prod', faults, seedChunkSize, ...rest } = options;
  const plane = await openControlPlane(rest);
  const bundles = createFileBundleStore(plane.dataPlane.defaults.bundleDirectory);
  const parts = { ...plane, bundles, environment, seedChunkSize };
  return {
    ...plane,
    bundles,
    deployments: createDeployPipeline(faults ? faultyParts(parts, faults) : parts),
  };
}

async function provisioned(options: DeployPlaneOptions) {
  const plane = await openDeployPlane(options);
  return { plane, tenantId: await activeTenant(plane) };
}

async function copied(options: DeployPlaneOptions) {
  const { tenantId, content } = await tenantContent();
  return { plane: await openDeployPlane({ ...options, dir: await folderWith(content) }), tenantId };
}

/** A plane with an active tenant, and the parts of both that tests use. */
export async function openTenant(options: Omit<DeployPlaneOptions, 'dir'> = {}) {
  const { tenantId, plane } = await (options.registry ? provisioned(options) : copied(options));
  return { ...plane, tenantId, driver: await plane.router.getTenantClient(tenantId) };
}

export async function planFor(
  { deployments }: Pick<DeployPlane, 'deployments'>,
  tenantId: string,
  bundle: DeployBundleInput,
): Promise<MigrationPlan> {
  return deployments.planDeployment(tenantId, bundle);
}

/** Plans and executes a deployment; returns the result, validated by its schema. */
export async function deploy(
  { deployments, tenantId }: Pick<DeployPlane, 'deployments'> & { tenantId: string },
  bundle: DeployBundleInput,
  options: Parameters<IDeployPipelineService['executeDeployment']>[2] = {},
): Promise<DeployResult> {
  const plan = await deployments.planDeployment(tenantId, bundle);
  return DeployResultSchema.parse(await deployments.executeDeployment(tenantId, plan, options));
}

const byPath = (folder: string) =>
  readdir(folder, { recursive: true }).then(
    (files) => files.sort(),
    () => [],
  );

/** The content of a database: its schema and all its rows. */
export async function databaseContent(driver: IDataDriver): Promise<Record<string, unknown>> {
  const { rows: schema } = await driver.execute('SELECT type, name, sql FROM sqlite_schema ORDER BY name');
  const tables = schema.filter(({ type }) => type === 'table').map(({ name }) => String(name));
  const content: Record<string, unknown> = { schema };
  for (const table of tables)
    content[table] = (await driver.execute(`SELECT * FROM "${table}" ORDER BY rowid`)).rows;
  return content;
}

/** Everything that a rejected call must not change: the tenant's database, the deployments, the bundles, the files. */
export async function worldOf(
  { dir, registry }: DeployPlane,
  { tenantId, driver }: { tenantId: string; driver: IDataDriver },
): Promise<Record<string, unknown>> {
  return {
    database: await databaseContent(driver),
    deployments: await registry.listDeployments(tenantId),
    bundles: await byPath(`${dir}/bundles`),
    tenants: (await byPath(`${dir}/tenants`)).filter((file) => file.endsWith('.db')),
  };
}

/** The records of an object, keyed by one field, with only the requested fields. */
export async function recordsBy(
  driver: IDataDriver,
  object: string,
  key: string,
  fields: readonly string[],
): Promise<Record<string, unknown>> {
  const records = await driver.find(object, { orderBy: [{ field: key }] });
  const pick = (record: DataRecord) => fields.map((field) => record[field]);
  return Object.fromEntries(records.map((record) => [String(record[key]), pick(record)]));
}
