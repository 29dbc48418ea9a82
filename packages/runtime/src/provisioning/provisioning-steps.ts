import type { CallOptions, StoredDeployment, TenantMarker, TenantRecord } from '@objectstack/spec/contracts';
import type { TursoDatabaseInfo } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { ProvisioningStepName, TenantConnectionConfig } from '@objectstack/spec/system';
import { awaitAnswer } from '../shared/await-answer.js';
import { copyDeployments } from '../shared/copy-deployments.js';
import { existingDatabase, type KnownDatabase } from '../shared/existing-database.js';
import { originOf } from '../shared/origin-of.js';
import type { ProvisioningParts } from './provisioning-context.js';

interface EffectOptions extends CallOptions {
  /** The tenant's database, which is looked up once for all effects. */
  readonly database: KnownDatabase;
}

/** External effect of a step. Idempotent, also if several processes run it concurrently. */
export interface ProvisioningEffect {
  readonly name: Exclude<ProvisioningStepName, 'activate'>;
  /**
   * Whether the step now changes nothing outside of the registry and ends at once, so that its start is recorded with its end:
   * a process that is killed meanwhile leaves nothing that the record would have to explain.
   */
  isEffectless(record: TenantRecord, options: EffectOptions): Promise<boolean>;
  run(
    context: ProvisioningParts,
    record: TenantRecord,
    options: EffectOptions,
  ): Promise<{ externalRef?: string }>;
}

const isCode = (error: unknown, code: string) => ObjectStackError.isInstance(error) && error.code === code;

/** Creates the database, unless it is created elsewhere; a missing template is built again first. */
async function create(
  { dataPlane, templates, lifecycle }: ProvisioningParts,
  { tenant: { id: tenantId }, databaseName: name, requestedRegion: region, templateDatabase }: TenantRecord,
  options: CallOptions,
): Promise<TursoDatabaseInfo> {
  const { autoCreate, group } = lifecycle.onTenantCreate;
  if (!autoCreate) return existingDatabase(dataPlane, name);
  const request = {
    name,
    tenantId,
    ...(group !== undefined && { group }),
    ...(region !== null && { region }),
    ...(templateDatabase !== null && { seed: { type: 'database' as const, name: templateDatabase } }),
  };
  try {
    return await dataPlane.platform.createDatabase(request, options);
  } catch (error) {
    if (templateDatabase === null || !isCode(error, 'database_not_found')) throw error;
    if (!(await templates.restore(templateDatabase))) throw error;
    return dataPlane.platform.createDatabase(request, options);
  }
}

/** First marker of the database, null if it had none. Undefined if it cannot be read, which the step then reports. */
const markerOf = ({ database }: EffectOptions): Promise<TenantMarker | null | undefined> =>
  database.firstMarker().catch(() => undefined);

/** An existing database is accepted: an earlier attempt may have created it. The claim decides who owns it. */
const createDatabase: ProvisioningEffect = {
  name: 'create_database',
  isEffectless: async () => false,
  async run(context, record, options) {
    try {
      return { externalRef: (await create(context, record, options)).dbId };
    } catch (error) {
      if (!isCode(error, 'database_exists')) throw error;
      return { externalRef: (await existingDatabase(context.dataPlane, record.databaseName)).dbId };
    }
  },
};

const awaitDatabase: ProvisioningEffect = {
  name: 'await_database',
  /** A database of a remote platform may answer only some seconds later. */
  isEffectless: async (_, options) => (await markerOf(options)) !== undefined,
  async run(_, __, { database, signal }) {
    await awaitAnswer(() => database.firstMarker(), signal);
    return {};
  },
};

const claimDatabase: ProvisioningEffect = {
  name: 'claim_database',
  /** A platform that writes the files itself creates the database with its marker. */
  isEffectless: async ({ tenant }, options) => (await markerOf(options))?.tenantId === tenant.id,
  async run({ dataPlane }, { tenant, templateDatabase }, { database }) {
    const options = templateDatabase === null ? {} : { copyOf: templateDatabase };
    await dataPlane.claimDatabase(await database.connection(), tenant.id, options);
    return {};
  },
};

/** Throws `database_invalid` if the copy was made while the template was built again, which is then completed. */
async function assertComplete(
  { dataPlane, templates }: ProvisioningParts,
  connection: TenantConnectionConfig & { readonly tenantId: string },
  template: { readonly name: string; readonly deployments: readonly StoredDeployment[] },
): Promise<void> {
  const driver = dataPlane.createDriver(connection);
  await driver.connect();
  try {
    if (await templates.isCompleteCopy(driver, template.deployments)) return;
  } finally {
    await driver.disconnect();
  }
  await templates.restore(template.name);
  throw new ObjectStackError({
    code: 'database_invalid',
    message:
      'The database is a copy of a template that was being built again. Destroy the tenant, and provision it again.',
  });
}

/**
 * A copy contains the deployment of its template in its history. Its record is that of the template; if the template has
 * none, listing the tenant's deployments adds it from the history.
 */
const registerDeployment: ProvisioningEffect = {
  name: 'register_deployment',
  isEffectless: async () => true,
  async run(context, record, options) {
    const { templateDatabase: name } = record;
    const { id: tenantId } = record.tenant;
    if (name === null) return {};
    const deployments = await context.registry.listDeployments(name);
    const connection = { ...(await options.database.connection()), tenantId };
    await assertComplete(context, connection, { name, deployments });
    await copyDeployments(context, { deployments, to: tenantId }, originOf(context, options));
    return {};
  },
};

/** In order of execution. The tenant is activated after the last one. */
export function provisioningSteps({
  templateDatabase,
}: Pick<TenantRecord, 'templateDatabase'>): readonly ProvisioningEffect[] {
  return [
    createDatabase,
    awaitDatabase,
    claimDatabase,
    ...(templateDatabase === null ? [] : [registerDeployment]),
  ];
}
