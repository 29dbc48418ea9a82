import { join } from 'node:path';
import { readSources } from '../catalog/source-index.js';
import { type Manifest, subpathsOf } from '../packages/published-packages.js';
import { emitDeclarations } from './emit-declarations.js';
import { explicitSource } from './explicit-source.js';
import { type NamedSchemas, namedSchemas } from './named-schemas.js';

const PROTOCOL = '@objectstack/spec';

/** The schemas that the protocol exports, with their types. */
export async function protocolNames(): Promise<NamedSchemas> {
  // Imported lazily: the other packages are built without loading the protocol.
  return namedSchemas(await readSources(), await import('@objectstack/spec'));
}

/** The modules of schemas with explicit types, by absolute path. */
async function explicitSources(folder: string): Promise<Map<string, string>> {
  const [sources, named] = [await readSources(), await protocolNames()];
  return new Map(
    sources
      .filter(({ path }) => path.endsWith('.zod.ts'))
      .map((source) => [join(folder, 'src', source.path), explicitSource(source, named)]),
  );
}

/** The declarations that a package publishes, by their path under its `dist`. */
export async function declarationsOf(folder: string, manifest: Manifest): Promise<Map<string, string>> {
  return emitDeclarations({
    folder,
    entries: subpathsOf(manifest).map(({ source }) => source),
    replaced: manifest.name === PROTOCOL ? await explicitSources(folder) : new Map(),
  });
}
