import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

export interface Typed {
  /** The compiler's errors about the packages and a file that imports them. */
  readonly problems: readonly string[];
  /** Names of the values that each subpath declares. */
  readonly names: ReadonlyMap<string, readonly string[]>;
}

const MODES = {
  node16: { module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 },
  bundler: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
} as const;

export type Mode = keyof typeof MODES;

function isValue(checker: ts.TypeChecker, symbol: ts.Symbol): boolean {
  const isTypeOnly = symbol.declarations?.some(
    (declaration) =>
      ts.isExportSpecifier(declaration) && (declaration.isTypeOnly || declaration.parent.parent.isTypeOnly),
  );
  if (isTypeOnly) return false;
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return (target.flags & ts.SymbolFlags.Value) !== 0;
}

function namesOf(checker: ts.TypeChecker, specifier: ts.Expression): string[] {
  const module = checker.getSymbolAtLocation(specifier);
  const symbols = module ? checker.getExportsOfModule(module) : [];
  return symbols
    .filter((symbol) => isValue(checker, symbol))
    .map(({ name }) => name)
    .sort();
}

const problemOf = ({ file, start, messageText }: ts.Diagnostic): string => {
  const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
  return `${file?.fileName ?? ''}:${line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
};

/**
 * A program of a user without `skipLibCheck`: the declarations of packages are checked like sources, those of the
 * compiler's own library are not.
 */
export function programOf(project: string, file: string, mode: Mode): ts.Program {
  return ts.createProgram([file], {
    ...MODES[mode],
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2023.d.ts'],
    types: ['node'],
    typeRoots: [join(project, 'node_modules', '@types')],
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    skipDefaultLibCheck: true,
    noEmit: true,
  });
}

/** Compiles a file that imports every subpath, with the declarations of the packages in strict mode. */
export function typeCheck(project: string, specifiers: readonly string[], mode: Mode): Typed {
  const file = join(project, `${mode}.ts`);
  const lines = specifiers.map((specifier, index) => `export * as module${index} from '${specifier}';`);
  writeFileSync(file, `${lines.join('\n')}\n`);
  const program = programOf(project, file, mode);
  const checker = program.getTypeChecker();
  const statements = program.getSourceFile(file)?.statements.filter(ts.isExportDeclaration) ?? [];
  const names = statements.map(({ moduleSpecifier }, index): [string, string[]] => [
    specifiers[index] ?? '',
    moduleSpecifier ? namesOf(checker, moduleSpecifier) : [],
  ]);
  return { problems: ts.getPreEmitDiagnostics(program).map(problemOf), names: new Map(names) };
}
