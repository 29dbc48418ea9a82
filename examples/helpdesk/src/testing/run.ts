import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Root directory of the repository. */
export const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

const TSX = `${ROOT}node_modules/tsx/dist/cli.mjs`;

export interface RunResult {
  readonly code: number | null;
  readonly output: string;
}

/** Runs a JavaScript file in a process and returns its output. */
export function runScript(file: string, args: readonly string[], cwd: string): Promise<RunResult> {
  const child = spawn(process.execPath, [file, ...args], { cwd });
  let output = '';
  const collect = (chunk: Buffer) => {
    output += chunk.toString();
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}

/** Runs a TypeScript file, with the packages of this workspace imported from source. */
export function runTypeScript(file: string, args: readonly string[], cwd: string): Promise<RunResult> {
  return runScript(TSX, ['--conditions=objectstack-source', file, ...args], cwd);
}
