import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const PACKAGES = new URL('../../../packages/', import.meta.url);
const SOURCE = 'objectstack-source';

export interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
}

interface Subpath {
  /** Import specifier, such as `@objectstack/spec/data`. */
  readonly specifier: string;
  /** The module behind it, relative to the folder of the package. */
  readonly source: string;
}

export interface PublishedPackage {
  readonly name: string;
  readonly folder: string;
  readonly subpaths: readonly Subpath[];
}

/** What can be imported from a package. */
export function subpathsOf({ name, exports }: Manifest): Subpath[] {
  return Object.entries(exports).flatMap(([subpath, target]) => {
    const source = typeof target === 'string' ? undefined : target[SOURCE];
    return source === undefined ? [] : { specifier: name + subpath.slice(1), source };
  });
}

/** Every package that is published, with what can be imported from it. */
export async function publishedPackages(): Promise<PublishedPackage[]> {
  const names = (await readdir(PACKAGES)).sort();
  const packages = await Promise.all(
    names.map(async (folder) => {
      const root = new URL(`${folder}/`, PACKAGES);
      const manifest: Manifest = JSON.parse(await readFile(new URL('package.json', root), 'utf8'));
      return { manifest, folder: fileURLToPath(root) };
    }),
  );
  return packages
    .filter(({ manifest }) => !manifest.private)
    .map(({ manifest, folder }) => ({ name: manifest.name, folder, subpaths: subpathsOf(manifest) }));
}
