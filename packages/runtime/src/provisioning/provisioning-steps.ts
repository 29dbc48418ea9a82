import type { CallOptions, DataPlane } from '@objectstack/spec/contracts';
import type { TursoDatabaseInfo } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { ProvisioningStepName, TenantConnectionConfig } from '@objectstack/spec/system';

interface StepTarget {
  readonly tenantId: string;
  readonly databaseName: string;
}

/** External effect of a step. Idempotent, also if several processes run it concurrently. */
export interface ProvisioningEffect {
  readonly name: Exclude<ProvisioningStepName, 'activate'>;
  run(dataPlane: DataPlane, target: StepTarget, options: CallOptions): Promise<{ externalRef?: string }>;
}

const isCode = (error: unknown, code: string) => ObjectStackError.isInstance(error) && error.code === code;

async function existingDatabase(dataPlane: DataPlane, name: string): Promise<TursoDatabaseInfo> {
  const info = await dataPlane.platform.getDatabase(name);
  if (info) return info;
  throw new ObjectStackError({
    code: 'database_not_found',
    message:
      'The database of the tenant does not exist although it was created. Restore it, or destroy the tenant and provision it again.',
    details: { databaseName: name },
  });
}

export async function connectionOf(
  dataPlane: DataPlane,
  databaseName: string,
): Promise<Pick<TenantConnectionConfig, 'url' | 'databaseName'>> {
  const { url } = await existingDatabase(dataPlane, databaseName);
  return { url, databaseName };
}

/** An existing database is accepted: an earlier attempt may have created it. The claim decides who owns it. */
const createDatabase: ProvisioningEffect = {
  name: 'create_database',
  async run(dataPlane, { databaseName }, options) {
    try {
      const { dbId } = await dataPlane.platform.createDatabase({ name: databaseName }, options);
      return { externalRef: dbId };
    } catch (error) {
      if (!isCode(error, 'database_exists')) throw error;
      return { externalRef: (await existingDatabase(dataPlane, databaseName)).dbId };
    }
  },
};

const claimDatabase: ProvisioningEffect = {
  name: 'claim_database',
  async run(dataPlane, { tenantId, databaseName }) {
    await dataPlane.claimDatabase(await connectionOf(dataPlane, databaseName), tenantId);
    return {};
  },
};

/** In order of execution. The tenant is activated after the last one. */
export const PROVISIONING_STEPS: readonly ProvisioningEffect[] = [createDatabase, claimDatabase];
