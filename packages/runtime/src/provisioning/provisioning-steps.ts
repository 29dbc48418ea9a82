import type { CallOptions, TenantRecord } from '@objectstack/spec/contracts';
import type { TursoDatabaseInfo } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { ProvisioningStepName } from '@objectstack/spec/system';
import { answeringDatabase } from '../shared/answering-database.js';
import { copyDeployments } from '../shared/copy-deployments.js';
import { connectionOf, existingDatabase } from '../shared/existing-database.js';
import { originOf } from '../shared/origin-of.js';
import type { ProvisioningParts } from './provisioning-context.js';

/** External effect of a step. Idempotent, also if several processes run it concurrently. */
export interface ProvisioningEffect {
  readonly name: Exclude<ProvisioningStepName, 'activate'>;
  run(
    context: ProvisioningParts,
    record: TenantRecord,
    options: CallOptions,
  ): Promise<{ externalRef?: string }>;
}

const isCode = (error: unknown, code: string) => ObjectStackError.isInstance(error) && error.code === code;

/** Creates the database, unless it is created elsewhere; a missing template is built again first. */
async function create(
  { dataPlane, templates, lifecycle }: ProvisioningParts,
  { databaseName: name, requestedRegion: region, templateDatabase }: TenantRecord,
  options: CallOptions,
): Promise<TursoDatabaseInfo> {
  const { autoCreate, group } = lifecycle.onTenantCreate;
  if (!autoCreate) return existingDatabase(dataPlane, name);
  const request = {
    name,
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

/** An existing database is accepted: an earlier attempt may have created it. The claim decides who owns it. */
const createDatabase: ProvisioningEffect = {
  name: 'create_database',
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
  async run({ dataPlane }, { databaseName }, { signal }) {
    await answeringDatabase(dataPlane, databaseName, signal);
    return {};
  },
};

const claimDatabase: ProvisioningEffect = {
  name: 'claim_database',
  async run({ dataPlane }, { tenant, databaseName, templateDatabase }) {
    const connection = await connectionOf(dataPlane, databaseName);
    const options = templateDatabase === null ? {} : { copyOf: templateDatabase };
    await dataPlane.claimDatabase(connection, tenant.id, options);
    return {};
  },
};

/** Throws `database_invalid` if the copy was made while the template was built again, which is then completed. */
async function assertComplete(
  { dataPlane, templates }: ProvisioningParts,
  { tenant, databaseName }: TenantRecord,
  templateDatabase: string,
): Promise<void> {
  const connection = await connectionOf(dataPlane, databaseName);
  const driver = dataPlane.createDriver({ ...connection, tenantId: tenant.id });
  await driver.connect();
  try {
    if (await templates.isCompleteCopy(driver, templateDatabase)) return;
  } finally {
    await driver.disconnect();
  }
  await templates.restore(templateDatabase);
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
  async run(context, record, options) {
    const { templateDatabase } = record;
    const { id: tenantId } = record.tenant;
    if (templateDatabase !== null) await assertComplete(context, record, templateDatabase);
    const copied = { from: templateDatabase ?? '', to: tenantId };
    await copyDeployments(context, copied, originOf(context, options));
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
