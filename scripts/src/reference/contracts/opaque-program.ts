import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const PACKAGE = fileURLToPath(new URL('../../../../packages/spec/', import.meta.url));
const SCHEMA_FILE = /\/packages\/spec\/src\/.*\.zod\.ts$/;
const CONTRACT_FILE = /\/packages\/spec\/src\/contracts\//;

/** Types of a schema module by name only: TypeDoc would expand the types that Zod infers at each use. */
function opaqueTypes(text: string): string {
  const types = [...text.matchAll(/^export (?:type|interface) (\w+)/gm)].map(([, name = '']) => name);
  const values = [...text.matchAll(/^export const (\w+)/gm)].map(([, name = '']) => name);
  return [
    ...types.map((name) => `export interface ${name} { [key: string]: unknown }`),
    ...values.filter((name) => !types.includes(name)).map((name) => `export declare const ${name}: unknown;`),
    ...[...text.matchAll(/^export \* from '[^']+';/gm)].map(([line]) => line),
  ].join('\n');
}

/** Re-exports of a contract are documented where they are declared. */
const withoutReexports = (text: string) => text.replace(/\/\*\*[^/]*\*\/\nexport type \{[^}]*\};/g, '');

function readSource(file: string): string | undefined {
  const text = ts.sys.readFile(file);
  if (text === undefined) return undefined;
  if (SCHEMA_FILE.test(file)) return opaqueTypes(text);
  return CONTRACT_FILE.test(file) ? withoutReexports(text) : text;
}

/** The package as a program in which a schema's type is only its name. */
export function opaqueProgram(entryFiles: readonly string[]): ts.Program {
  const configFile = `${PACKAGE}tsconfig.json`;
  const { config } = ts.readConfigFile(configFile, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, PACKAGE, {}, configFile);
  const host = ts.createCompilerHost(options);
  const original = host.getSourceFile.bind(host);
  host.getSourceFile = (file, version, ...rest) => {
    if (!file.includes('/packages/spec/src/')) return original(file, version, ...rest);
    const text = readSource(file);
    return text === undefined ? undefined : ts.createSourceFile(file, text, version, true);
  };
  return ts.createProgram(
    entryFiles.map((file) => `${PACKAGE}src/${file}`),
    options,
    host,
  );
}
