import { type ChildProcess, execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface ChildOutcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly signal: string | null;
}

/** Starts a script of this folder in a process of its own, from source. */
export function startChild(
  script: string,
  input: unknown,
): { child: ChildProcess; outcome: Promise<ChildOutcome> } {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const args = ['--import', 'tsx', '--conditions=objectstack-source', path, JSON.stringify(input)];
  const cwd = fileURLToPath(new URL('../../..', import.meta.url));
  const { promise, resolve } = withResolvers<ChildOutcome>();
  const child = execFile(process.execPath, args, { cwd }, (error, stdout, stderr) => {
    resolve({ stdout, stderr, signal: error?.signal ?? null });
  });
  return { child, outcome: promise };
}

/** Runs a script to its end. */
export function runChild(script: string, input: unknown): Promise<ChildOutcome> {
  return startChild(script, input).outcome;
}

/** What `Promise.withResolvers` is in newer versions of Node. */
export function withResolvers<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
