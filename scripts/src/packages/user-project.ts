import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import zod from 'zod/package.json' with { type: 'json' };
import type { PublishedPackage } from './published-packages.js';

const run = promisify(execFile);

/** Optional peer that its subpath imports. The others are imported when they are used, so that they are absent here. */
const IMPORTED_PEER = '@opentelemetry/api@1.9.1';

export interface UserProject {
  readonly folder: string;
  remove(): Promise<void>;
}

/** pnpm replaces `workspace:` and `catalog:` by versions; npm would publish these words. */
async function pack({ folder }: PublishedPackage, into: string): Promise<void> {
  await run('npx', ['--yes', 'pnpm', 'pack', '--pack-destination', into], { cwd: folder });
}

/** An empty project outside the workspace, in a path with spaces, with the packages installed as npm would get them. */
export async function createUserProject(packages: readonly PublishedPackage[]): Promise<UserProject> {
  const root = await mkdtemp(join(tmpdir(), 'objectstack packages '));
  const [folder, tarballs] = [join(root, 'a project'), join(root, 'tarballs')];
  const remove = () => rm(root, { recursive: true, force: true });
  try {
    for (const path of [folder, tarballs]) await mkdir(path);
    for (const published of packages) await pack(published, tarballs);
    await writeFile(join(folder, 'package.json'), '{ "name": "user", "private": true, "type": "module" }\n');
    const files = (await readdir(tarballs)).map((file) => join(tarballs, file));
    const quietly = ['--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];
    const others = [`zod@${zod.version}`, '@types/node@20', IMPORTED_PEER];
    await run('npm', ['install', ...quietly, ...files, ...others], { cwd: folder });
    return { folder, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
