import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Root directory of the repository. */
export const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

export interface RunResult {
  readonly code: number | null;
  readonly output: string;
}

/** Runs a Node.js program of the repository's tools and returns its output. */
function runTool(tool: string, args: readonly string[], cwd: string): Promise<RunResult> {
  const child = spawn(process.execPath, [`${ROOT}node_modules/${tool}`, ...args], { cwd });
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
  return runTool('tsx/dist/cli.mjs', ['--conditions=objectstack-source', file, ...args], cwd);
}
