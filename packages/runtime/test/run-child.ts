import { type ChildProcess, execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { bundleScript, withResolvers } from '@objectstack/testing';

export interface ChildOutcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly signal: string | null;
}

/** Starts a script of this folder in a separate process. */
export async function startChild(
  script: string,
  input: unknown,
): Promise<{ child: ChildProcess; outcome: Promise<ChildOutcome> }> {
  const path = await bundleScript(fileURLToPath(new URL(script, import.meta.url)));
  const { promise, resolve } = withResolvers<ChildOutcome>();
  const child = execFile(process.execPath, [path, JSON.stringify(input)], (error, stdout, stderr) => {
    resolve({ stdout, stderr, signal: error?.signal ?? null });
  });
  return { child, outcome: promise };
}

/** Runs a script to completion. */
export async function runChild(script: string, input: unknown): Promise<ChildOutcome> {
  const { outcome } = await startChild(script, input);
  return outcome;
}
