import { dirname, join } from 'node:path';
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

/** A block is a file in a folder of its document. */
function fileOf({ document, line, file = `block_${line}.ts` }: CodeBlock): string {
  return join(ROOT, 'scripts', document.replaceAll('/', '_'), file);
}

/** A host in which the code blocks are files. Packages of this workspace are resolved by their `exports`. */
function hostOf(files: ReadonlyMap<string, CodeBlock>, options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, directoryExists } = host;
  const folders = new Set([...files.keys()].map(dirname));
  host.fileExists = (file) => files.has(file) || fileExists(file);
  host.directoryExists = (path) => folders.has(path) || (directoryExists?.(path) ?? true);
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

/** An error of the compiler. */
export interface Complaint {
  readonly block: CodeBlock;
  /** Line of the document. */
  readonly line: number;
  /** The message; its first line names the problem. */
  readonly message: string;
}

function complaintOf({ messageText, start }: ts.Diagnostic, block: CodeBlock): Complaint {
  const before = block.code.slice(0, start ?? 0).split('\n').length - 1;
  return { block, line: block.line + before, message: ts.flattenDiagnosticMessageText(messageText, '\n') };
}

/** The errors of the compiler; empty if all blocks compile. */
export function complaintsAbout(blocks: readonly CodeBlock[], form: PackageForm): Complaint[] {
  const options = compilerOptions(form);
  const files = new Map(blocks.map((block) => [fileOf(block), block]));
  const program = ts.createProgram([...files.keys()], options, hostOf(files, options));
  return [...files].flatMap(([file, block]) => {
    const source = program.getSourceFile(file);
    if (!source) return [{ block, line: block.line, message: 'is not compiled.' }];
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return found.map((diagnostic) => complaintOf(diagnostic, block));
  });
}

/** Errors, each in one line with its place. */
export const linesAbout = (complaints: readonly Complaint[]): string[] =>
  complaints.map(({ block, line, message }) => `${block.document}:${line}: ${message.replaceAll('\n', ' ')}`);
