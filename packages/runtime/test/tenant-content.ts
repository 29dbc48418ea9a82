import { activeTenant, openControlPlane } from './control-plane.js';
import { type FolderContent, readFolder } from './folder-content.js';

interface TenantContent {
  readonly tenantId: string;
  readonly content: FolderContent;
}

async function create(): Promise<TenantContent> {
  const plane = await openControlPlane();
  const tenantId = await activeTenant(plane);
  await plane.dataPlane.close();
  return { tenantId, content: await readFolder(plane.dir) };
}

let created: Promise<TenantContent> | undefined;

/** The files of a control plane with an active tenant, which is provisioned once in a worker. */
export function tenantContent(): Promise<TenantContent> {
  created ??= create();
  return created;
}
