import { join, posix, relative, sep } from 'node:path';
import ts from 'typescript';
import { inMemoryHost } from './in-memory-host.js';

export interface Emission {
  /** Folder of the package. */
  readonly folder: string;
  /** The sources of the package's exports, relative to the folder, such as `./src/index.ts`. */
  readonly entries: readonly string[];
  /** Texts that replace files, by absolute path. */
  readonly replaced: ReadonlyMap<string, string>;
}

const OVERRIDES: ts.CompilerOptions = {
  // Resolved like users do: the declarations of other packages of this workspace are read from their `dist`.
  customConditions: [],
  declaration: true,
  emitDeclarationOnly: true,
  noEmit: false,
  // `pnpm typecheck` checks types; only the types that a declaration mentions are needed here.
  noCheck: true,
};

const problemOf = ({ file, messageText }: ts.Diagnostic): string =>
  `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;

/** Modules that are imported but not found: an unbuilt dependency would be published as `any`. */
function unresolved(program: ts.Program, options: ts.CompilerOptions, host: ts.CompilerHost): string[] {
  const sources = program.getSourceFiles().filter((source) => !source.isDeclarationFile);
  return sources.flatMap((source) =>
    ts
      .preProcessFile(source.text)
      .importedFiles.filter(
        ({ fileName }) =>
          fileName.startsWith('@') &&
          !ts.resolveModuleName(
            fileName,
            source.fileName,
            options,
            host,
            undefined,
            undefined,
            source.impliedNodeFormat,
          ).resolvedModule,
      )
      .map(({ fileName }) => `${source.fileName}: cannot find ${fileName}`),
  );
}

/** The sibling modules that a file imports, as declarations. */
function neighbors(file: string, text: string): string[] {
  return ts
    .preProcessFile(text)
    .importedFiles.filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => posix.join(posix.dirname(file), fileName.replace(/\.js$/, '.d.ts')));
}

/** The declarations that can be reached from the entry points. */
function reachable(emitted: ReadonlyMap<string, string>, entries: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  const pending = [...entries];
  for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
    const text = emitted.get(file);
    if (text === undefined) throw new Error(`No declaration was emitted for ${file}.`);
    if (found.has(file)) continue;
    found.set(file, text);
    pending.push(...neighbors(file, text));
  }
  return found;
}

/** The declarations of a package, by their path under its `dist`. */
export function emitDeclarations({ folder, entries, replaced }: Emission): Map<string, string> {
  const { options: own, host } = inMemoryHost(folder, replaced);
  const options = { ...own, ...OVERRIDES, rootDir: join(folder, 'src'), outDir: join(folder, 'dist') };
  const program = ts.createProgram(
    entries.map((entry) => join(folder, entry)),
    options,
    host,
  );
  const emitted = new Map<string, string>();
  const dist = join(folder, 'dist');
  const { diagnostics } = program.emit(undefined, (file, text) =>
    emitted.set(relative(dist, file).replaceAll(sep, '/'), text),
  );
  const problems = [...diagnostics.map(problemOf), ...unresolved(program, options, host)];
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return reachable(
    emitted,
    entries.map((entry) => posix.relative('src', posix.normalize(entry)).replace(/\.ts$/, '.d.ts')),
  );
}
