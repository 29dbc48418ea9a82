import { PassThrough, Readable } from 'node:stream';
import type { Environment } from '../src/frame/environment.js';
import { run } from '../src/frame/run.js';

export interface CommandRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Documents of standard output, one for each line. */
  readonly documents: () => unknown[];
}

type Options = Partial<Pick<Environment, 'variables' | 'signal' | 'isTerminal' | 'columns'>> & {
  readonly stdin?: string;
};

function collector() {
  const stream = new PassThrough();
  const chunks: Buffer[] = [];
  stream.on('data', (chunk) => chunks.push(chunk));
  return { stream, text: () => Buffer.concat(chunks).toString('utf8') };
}

/** Runs a command in this process, as `bin.ts` does. */
export async function runCommand(
  cwd: string,
  args: readonly string[],
  options: Options = {},
): Promise<CommandRun> {
  const [out, err] = [collector(), collector()];
  const { stdin = '', variables = {}, isTerminal = false, columns, signal } = options;
  const code = await run(args, {
    cwd,
    variables,
    stdin: Readable.from([stdin]),
    stdout: out.stream,
    stderr: err.stream,
    isInteractive: false,
    isTerminal,
    columns,
    signal: signal ?? new AbortController().signal,
  });
  const stdout = out.text();
  const documents = () =>
    stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
  return { code, stdout, stderr: err.text(), documents };
}
