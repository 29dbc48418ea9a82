import { openDeployPlane, openTenant } from './deploy-plane.js';
import { type FolderContent, folderWith, readFolder } from './folder-content.js';

type Tenant = Awaited<ReturnType<typeof openTenant>>;

interface Prepared<T> {
  readonly tenantId: string;
  readonly facts: T;
  readonly content: FolderContent;
}

/** Copies of a tenant that is prepared once in a file, with what its preparation returned. */
export function tenantCopies<T>(prepare: (tenant: Tenant) => Promise<T>) {
  let prepared: Promise<Prepared<T>> | undefined;
  const create = async (): Promise<Prepared<T>> => {
    const tenant = await openTenant();
    const facts = await prepare(tenant);
    await tenant.dataPlane.close();
    return { tenantId: tenant.tenantId, facts, content: await readFolder(tenant.dir) };
  };
  /** A copy that this process has not opened. */
  const folder = async () => {
    prepared ??= create();
    const { content, ...rest } = await prepared;
    return { ...rest, dir: await folderWith(content) };
  };
  const open = async (): Promise<{ tenant: Tenant; facts: T }> => {
    const { dir, tenantId, facts } = await folder();
    const plane = await openDeployPlane({ dir });
    return { facts, tenant: { ...plane, tenantId, driver: await plane.router.getTenantClient(tenantId) } };
  };
  return { open, folder };
}
