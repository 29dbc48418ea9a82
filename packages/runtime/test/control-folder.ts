import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLocalDatabase } from '@objectstack/driver-turso';
import { createTenantRegistry } from '../src/registry/create-tenant-registry.js';
import { type FolderContent, folderWith, readFolder, writeFolder } from './folder-content.js';

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

/** Writes a control database with the tables of the registry, which are created once in a worker. */
export async function writeControlDatabase(folder: string): Promise<void> {
  content ??= createContent();
  await writeFolder(folder, await content);
}

/** A folder with an initialized control database, which is removed after the test. */
export async function controlFolder(): Promise<string> {
  content ??= createContent();
  return folderWith(await content);
}
