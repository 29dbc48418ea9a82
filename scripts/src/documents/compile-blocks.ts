import { join } from 'node:path';
import ts from 'typescript';
import { type CodeBlock, ROOT } from './documents.js';

/** Source of this workspace's packages: their sources, or their published files. */
export type PackageForm = 'source' | 'built';

const PACKAGE = /^@objectstack\/([\w-]+)/;

function compilerOptions(form: PackageForm): ts.CompilerOptions {
  const file = join(ROOT, 'tsconfig.base.json');
  const { config } = ts.readConfigFile(file, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT, {}, file);
  return {
    ...options,
    customConditions: form === 'source' ? ['objectstack-source'] : [],
    // An example may contain unused names.
    noUnusedLocals: false,
    typeRoots: [join(ROOT, 'node_modules/@types')],
  };
}

/** A host in which the code blocks are files. Packages of this workspace are resolved by their `exports`. */
function hostOf(files: ReadonlyMap<string, CodeBlock>, options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (file) => files.has(file) || fileExists(file);
  host.getSourceFile = (file, version, ...rest) => {
    const block = files.get(file);
    return block
      ? ts.createSourceFile(file, block.code, version, true)
      : getSourceFile(file, version, ...rest);
  };
  host.resolveModuleNameLiterals = (literals, containing, redirect, settings, source) =>
    literals.map((literal) => {
      const [, name] = PACKAGE.exec(literal.text) ?? [];
      const from = name && files.has(containing) ? join(ROOT, 'packages', name, 'block.ts') : containing;
      const mode = ts.getModeForUsageLocation(source, literal, settings);
      return ts.resolveModuleName(literal.text, from, settings, host, undefined, redirect, mode);
    });
  return host;
}

function describe({ messageText, start }: ts.Diagnostic, { document, line, code }: CodeBlock): string {
  const before = code.slice(0, start ?? 0).split('\n').length - 1;
  return `${document}:${line + before}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
}

/** The errors of the compiler; empty if all blocks compile. */
export function compileBlocks(blocks: readonly CodeBlock[], form: PackageForm): string[] {
  const options = compilerOptions(form);
  const fileOf = ({ document, line }: CodeBlock) =>
    join(ROOT, 'scripts', `${document.replaceAll('/', '_')}_${line}.ts`);
  const files = new Map(blocks.map((block) => [fileOf(block), block]));
  const program = ts.createProgram([...files.keys()], options, hostOf(files, options));
  return [...files].flatMap(([file, block]) => {
    const source = program.getSourceFile(file);
    if (!source) return [`${block.document}:${block.line}: is not compiled.`];
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return found.map((diagnostic) => describe(diagnostic, block));
  });
}
