import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Application, type DocumentationEntryPoint, type TypeDocOptions } from 'typedoc';
import type { PluginOptions } from 'typedoc-plugin-markdown';
import { describeMembers } from './describe-members.js';
import { opaqueProgram } from './opaque-program.js';

/** Placeholder target of links to schema types; the pages of the schemas replace it. */
export const SCHEMA_LINK = 'schema:';

const OPTIONS: TypeDocOptions & Partial<PluginOptions> = {
  plugin: ['typedoc-plugin-markdown'],
  entryPoints: [],
  router: 'module',
  disableSources: true,
  readme: 'none',
  sort: ['source-order'],
  excludePrivate: true,
  validation: { notExported: false, notDocumented: true, invalidLink: true },
  requiredToBeDocumented: ['Interface', 'Method', 'Class', 'Function'],
  logLevel: 'Warn',
  hideBreadcrumbs: true,
  hidePageHeader: true,
  hidePageTitle: true,
  hideGroupHeadings: true,
  useCodeBlocks: false,
  excludeExternals: true,
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  typeDeclarationFormat: 'table',
};

async function writeOutputs(
  app: Application,
  entryPoints: DocumentationEntryPoint[],
  schemaTypes: ReadonlyMap<string, string>,
): Promise<void> {
  const project = app.converter.convert(entryPoints);
  describeMembers(project, schemaTypes);
  app.validate(project);
  await app.generateOutputs(project);
  if (app.logger.hasErrors() || app.logger.hasWarnings())
    throw new Error('TypeDoc reported errors. See its output above.');
}

async function readPages(folder: string, files: readonly string[]): Promise<Map<string, string>> {
  const names = (await readdir(folder, { recursive: true })).map((name) => name.replaceAll('\\', '/'));
  const pages = new Map<string, string>();
  for (const file of files) {
    const page = names.find((name) => name === file.replace(/\.ts$/, '.md'));
    if (!page) throw new Error(`TypeDoc wrote no page of ${file}.`);
    pages.set(file, await readFile(join(folder, page), 'utf8'));
  }
  return pages;
}

/**
 * TypeDoc's page of each file, by path under `packages/spec/src`. Fails if a comment is missing. `schemaTypes` are the
 * descriptions of schemas by the names of their types.
 */
export async function typedocPages(
  files: readonly string[],
  schemaTypes: ReadonlyMap<string, string>,
): Promise<Map<string, string>> {
  const out = await mkdtemp(join(tmpdir(), 'objectstack-typedoc-'));
  try {
    const app = await Application.bootstrapWithPlugins({ ...OPTIONS, out });
    app.converter.addUnknownSymbolResolver((reference) => {
      const name = reference.symbolReference?.path?.at(0)?.path ?? '';
      return schemaTypes.has(name) ? `${SCHEMA_LINK}${name}` : undefined;
    });
    const program = opaqueProgram(files);
    const entryPoints = files.map((file) => {
      const sourceFile = program
        .getSourceFiles()
        .find(({ fileName }) => fileName.endsWith(`/spec/src/${file}`));
      if (!sourceFile) throw new Error(`There is no ${file}.`);
      return { displayName: file.replace(/\.ts$/, ''), program, sourceFile };
    });
    await writeOutputs(app, entryPoints, schemaTypes);
    return await readPages(out, files);
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}
