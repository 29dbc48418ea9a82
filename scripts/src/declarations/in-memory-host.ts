import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';

export interface Compilation {
  readonly options: ts.CompilerOptions;
  readonly host: ts.CompilerHost;
}

function optionsOf(folder: string): ts.CompilerOptions {
  const file = join(folder, 'tsconfig.json');
  const { config } = ts.readConfigFile(file, ts.sys.readFile);
  return ts.parseJsonConfigFileContent(config, ts.sys, folder, {}, file).options;
}

/** The compiler options of a package, and a host in which in-memory texts take precedence over files on disk. */
export function inMemoryHost(folder: string, files: ReadonlyMap<string, string>): Compilation {
  const options = optionsOf(folder);
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, directoryExists } = host;
  const folders = new Set([...files.keys()].map(dirname));
  host.readFile = (file) => files.get(resolve(file)) ?? readFile(file);
  host.fileExists = (file) => files.has(resolve(file)) || fileExists(file);
  host.directoryExists = (path) => folders.has(resolve(path)) || (directoryExists?.(path) ?? true);
  return { options, host };
}
