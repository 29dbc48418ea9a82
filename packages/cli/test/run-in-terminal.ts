import { PassThrough, Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { run } from '../src/frame/run.js';

/** What a person types or does when a text appears. */
export type Answer = readonly [text: string, reaction: string | (() => unknown)];

export interface TerminalRun {
  readonly code: number;
  /** Everything that appeared, without colors and cursor movements. */
  readonly screen: string;
}

/** A screen that gives the next answer when its text appears after the previous one. */
function createScreen(stdin: PassThrough, answers: readonly Answer[]) {
  const open = [...answers];
  let text = '';
  let unread = '';
  const write = (chunk: unknown) => {
    const shown = stripVTControlCharacters(String(chunk));
    text += shown;
    unread += shown;
    const [next] = open;
    if (!next || !unread.includes(next[0])) return;
    open.shift();
    unread = '';
    const [, reaction] = next;
    setImmediate(() => (typeof reaction === 'string' ? stdin.write(reaction) : reaction()));
  };
  const stream = () =>
    Object.assign(
      new Writable({
        write(chunk, _encoding, done) {
          write(chunk);
          done();
        },
      }),
      { isTTY: true, columns: 100, rows: 40 },
    );
  return { stdout: stream(), stderr: stream(), text: () => text };
}

/** Runs a command in this process as in a terminal in which a person answers questions. */
export async function runInTerminal(
  cwd: string,
  args: readonly string[],
  answers: readonly Answer[],
  signal: AbortSignal = new AbortController().signal,
): Promise<TerminalRun> {
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => stdin });
  const { stdout, stderr, text } = createScreen(stdin, answers);
  const code = await run(args, {
    cwd,
    variables: { NO_COLOR: '1' },
    stdin,
    stdout,
    stderr,
    isInteractive: true,
    isTerminal: true,
    columns: 100,
    signal,
  });
  return { code, screen: text() };
}
