import { readdir, readFile } from 'node:fs/promises';

const SOURCES = new URL('../../../packages/spec/src/', import.meta.url);
const PUBLISHED = /^(?!.*\.test(?:-d)?\.ts$).*\.ts$/;
const DECLARATION = /^export (?:const|(?:async )?function\*?|class|interface|type) (\w+)/gm;

export interface SourceFile {
  /** Path under `packages/spec/src`, with slashes. */
  readonly path: string;
  readonly text: string;
}

/** The published sources of the protocol, by path. */
export async function readSources(): Promise<SourceFile[]> {
  const paths = (await readdir(SOURCES, { recursive: true }))
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => PUBLISHED.test(path))
    .sort();
  return Promise.all(
    paths.map(async (path) => ({ path, text: await readFile(new URL(path, SOURCES), 'utf8') })),
  );
}

/** The file that declares each exported name. */
export function filesByName(sources: readonly SourceFile[]): Map<string, string> {
  return new Map(
    sources.flatMap(({ path, text }) =>
      [...text.matchAll(DECLARATION)].map(([, name = '']): [string, string] => [name, path]),
    ),
  );
}
