import type { DataPlane, IDataDriver } from '@objectstack/spec/contracts';
import { deployedBundle, TENANT_OWNER } from '@objectstack/spec/system';

/** Version of the tenant's own bundle in effect, from its database, which is authoritative. */
export async function readBundleVersion(
  { schemaDiff }: DataPlane,
  client: IDataDriver,
): Promise<string | undefined> {
  const history = await schemaDiff.readHistory(client);
  return deployedBundle(
    history.filter(({ isInEffect }) => isInEffect),
    TENANT_OWNER,
  )?.version;
}
