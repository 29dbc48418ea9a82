import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { bundleScript } from '@objectstack/testing';
import { onTestFinished } from 'vitest';

const BIN = fileURLToPath(new URL('../src/bin.ts', import.meta.url));

type Variables = Readonly<Record<string, string>>;

/** Runs the real binary with pipes. */
export async function runPiped(cwd: string, args: readonly string[], variables: Variables = {}) {
  const child = spawn(process.execPath, [await bundleScript(BIN), ...args], {
    cwd,
    env: { ...process.env, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { code: Number(code), stdout, stderr };
}

/** Whether the program of util-linux that runs a command in a pseudo-terminal is installed. */
export const hasPseudoTerminal = spawnSync('script', ['--version']).status === 0;

/** End of the name of tests that need it. */
export const WHY_SKIPPED = hasPseudoTerminal
  ? ''
  : ' (skipped: the program `script` of util-linux is not installed)';

/** Text that appears on the screen, and the keys that are typed then. */
export type Keys = readonly [question: string, keys: string];

/** Types the keys of each question once, when it appears. Returns everything that appeared. */
async function screenOf({ stdin, stdout }: ChildProcess, keys: readonly Keys[]): Promise<string> {
  const open = new Map(keys);
  let screen = '';
  for await (const chunk of stdout ?? []) {
    screen += stripVTControlCharacters(String(chunk));
    for (const [question, typed] of open) {
      if (!screen.includes(question)) continue;
      open.delete(question);
      stdin?.write(typed);
    }
  }
  return screen;
}

const quoted = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;

/** Runs the real binary in a pseudo-terminal of 40 lines and 90 columns. */
export async function runInPseudoTerminal(
  cwd: string,
  args: readonly string[],
  { keys = [], variables = {} }: { keys?: readonly Keys[]; variables?: Variables } = {},
) {
  const words = [process.execPath, await bundleScript(BIN), ...args].map(quoted);
  const child = spawn('script', ['-qfec', `stty rows 40 cols 90; exec ${words.join(' ')}`, '/dev/null'], {
    cwd,
    env: { ...process.env, CI: '', NO_COLOR: '1', ...variables },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [screen, [code]] = await Promise.all([screenOf(child, keys), once(child, 'exit')]);
  return { code: Number(code), screen };
}
