import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLocalDatabase } from '@objectstack/driver-turso';
import { createTenantRegistry } from '../src/registry/create-tenant-registry.js';
import { type FolderContent, folderWith, readFolder } from './folder-content.js';

async function createContent(): Promise<FolderContent> {
  const folder = await mkdtemp(join(tmpdir(), 'objectstack-'));
  try {
    const registry = createTenantRegistry(openLocalDatabase({ path: join(folder, 'control.db') }));
    await registry.initialize();
    await registry.close();
    return await readFolder(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

let content: Promise<FolderContent> | undefined;

/**
 * A folder with a control database, which is removed after the test. The tables of the registry are created once in a
 * worker: creating them takes longer than most tests.
 */
export async function controlFolder(): Promise<string> {
  content ??= createContent();
  return folderWith(await content);
}
