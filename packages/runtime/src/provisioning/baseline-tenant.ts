import type { CallOptions, IDataDriver, TenantMarker } from '@objectstack/spec/contracts';
import { ObjectStackError, runStepsInTurns, throwIfAborted } from '@objectstack/spec/shared';
import type {
  BaselineFinding,
  BaselineResult,
  DeployBundle,
  DeployBundleInput,
  TenantConnectionConfig,
} from '@objectstack/spec/system';
import * as z from 'zod';
import type { CanonicalBundle } from '../bundle/canonical-bundle.js';
import { invalidBundle } from '../bundle/invalid-bundle.js';
import { checkBundleSteps } from '../bundle/validate-bundle.js';
import { bundleComponents } from '../deploy/bundle-components.js';
import { createTenantId } from '../shared/create-tenant-id.js';
import { parseInput } from '../shared/parse-input.js';
import { isTemplateName } from '../template/create-template-name.js';
import { type AdoptTenantRequest, AdoptTenantRequestSchema, adoptTenant } from './adopt-tenant.js';
import type { ProvisioningContext } from './provisioning-context.js';

/*
 * The effects are ordered so that repeating the call continues after each of them: the bundle is stored, the database gets
 * its marker, then its metadata and history in one transaction, and finally the registry gets the tenant. A database that
 * cannot be adopted gets none of them.
 */

/** Request to adopt a database whose tables were created elsewhere. */
export type BaselineTenantRequest = AdoptTenantRequest & {
  /** Bundle whose objects describe the tables of the database. It contains no seed data. */
  bundle: DeployBundleInput;
  /** Whether to check only, and to change nothing. Defaults to false. */
  checkOnly?: boolean | undefined;
};

const BaselineTenantRequestSchema = AdoptTenantRequestSchema.extend({
  bundle: z.unknown(),
  checkOnly: z.boolean().default(false),
});

interface ReadBundle {
  readonly bundle: DeployBundle;
  readonly canonical: CanonicalBundle;
}

async function readBundle(input: unknown, { signal }: CallOptions): Promise<ReadBundle> {
  const { bundle, canonical, result } = await runStepsInTurns(checkBundleSteps(input), signal);
  if (!bundle || !canonical) throw invalidBundle(result);
  return { bundle, canonical };
}

const seedFindings = ({ seedData }: DeployBundle): BaselineFinding[] =>
  seedData.map(({ object }) => ({
    code: 'seed_data',
    severity: 'error',
    object,
    message: `The bundle contains seed data of ${object}, which would change rows.`,
    next: 'Remove the seed data from the bundle, and deploy it after the adoption',
  }));

async function databaseOf({ dataPlane }: ProvisioningContext, databaseName: string) {
  const found = await dataPlane.platform.getDatabase(databaseName);
  if (found) return { url: found.url, databaseName };
  throw new ObjectStackError({
    code: 'database_not_found',
    message:
      'The data plane has no database of this name. Check the name, or create the database on its server.',
    details: { databaseName },
  });
}

async function markerOf(
  { dataPlane }: ProvisioningContext,
  connection: TenantConnectionConfig,
): Promise<TenantMarker | null> {
  const marker = await dataPlane.readTenantMarker(connection);
  if (!marker || !isTemplateName(marker.tenantId)) return marker;
  throw new ObjectStackError({
    code: 'database_collision',
    message: 'The database is a template or a copy that was never claimed.',
    details: { databaseName: connection.databaseName },
  });
}

/** Works with a driver that is not pooled, because the registry does not know the tenant yet. */
async function withDriver<T>(
  { dataPlane }: ProvisioningContext,
  connection: TenantConnectionConfig,
  work: (driver: IDataDriver) => Promise<T>,
): Promise<T> {
  const driver = dataPlane.createDriver(connection, { acceptsUnclaimed: true });
  await driver.connect();
  try {
    return await work(driver);
  } finally {
    await driver.disconnect();
  }
}

const abortOf = ({ signal }: CallOptions) => (signal ? { signal } : {});

function baselineOptions({ bundle, canonical }: ReadBundle, options: CallOptions) {
  return {
    components: bundleComponents(bundle),
    bundle: { checksum: canonical.checksum, version: bundle.manifest.version },
    ...abortOf(options),
  };
}

function bundlesOf({ bundles }: ProvisioningContext) {
  if (bundles) return bundles;
  throw new ObjectStackError({
    code: 'configuration_incomplete',
    message:
      'The bundle of the database must be stored. Pass a bundle store as the option `bundles` of createProvisioningService.',
    details: { missing: ['bundles'] },
  });
}

type Report = Pick<BaselineResult, 'statements' | 'findings'>;

function unchanged(
  databaseName: string,
  outcome: 'adoptable' | 'refused',
  { statements, findings }: Report,
): BaselineResult {
  return { outcome, databaseName, tenantId: null, deploymentId: null, statements, findings };
}

/**
 * Adopts a database whose tables were created elsewhere as a tenant in which the bundle is deployed. No row is changed.
 * A database that cannot be adopted as it is remains unchanged, and the result has the outcome `refused`.
 */
export async function baselineTenant(
  context: ProvisioningContext,
  input: unknown,
  options: CallOptions,
): Promise<BaselineResult> {
  const { bundle: given, checkOnly, ...request } = parseInput(BaselineTenantRequestSchema, input, 'request');
  const { dataPlane, registry } = context;
  const bundles = bundlesOf(context);
  const { databaseName, authToken } = request;
  const read = await readBundle(given, options);
  const found = await databaseOf(context, databaseName);
  const connection = { ...found, ...(authToken !== undefined && { authToken }) };
  const marker = await markerOf(context, connection);
  const baseline = baselineOptions(read, options);
  const ofSeeds = seedFindings(read.bundle);
  if (!marker || checkOnly || ofSeeds.length > 0) {
    const { findings, ...planned } = await withDriver(context, connection, (driver) =>
      dataPlane.schemaDiff.planBaseline(driver, read.bundle.objects, baseline),
    );
    const isAdoptable = planned.isAdoptable && ofSeeds.length === 0;
    const report = { ...planned, findings: [...ofSeeds, ...findings] };
    if (!isAdoptable || checkOnly)
      return unchanged(databaseName, isAdoptable ? 'adoptable' : 'refused', report);
  }
  throwIfAborted(options.signal);
  // The registry rejects a database that it knows otherwise, before the database is changed.
  if (marker && (await registry.getTenant(marker.tenantId))) await adoptTenant(context, request, options);
  await bundles.put(read.canonical.bytes.slice(), abortOf(options));
  const tenantId = marker?.tenantId ?? createTenantId();
  await dataPlane.claimDatabase(connection, tenantId, { adopts: true });
  throwIfAborted(options.signal);
  const applied = await withDriver(context, { ...connection, tenantId }, (driver) =>
    dataPlane.schemaDiff.applyBaseline(driver, read.bundle.objects, baseline),
  );
  const { deploymentId, statements, findings } = applied;
  if (applied.outcome === 'refused') return unchanged(databaseName, 'refused', applied);
  await adoptTenant(context, request, options);
  const outcome = applied.outcome === 'applied' ? 'adopted' : 'already_adopted';
  return { outcome, databaseName, tenantId, deploymentId, statements, findings };
}
