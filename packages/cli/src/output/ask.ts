import type { Readable } from 'node:stream';
import type { CommandContext } from '../frame/command-context.js';
import { interrupted } from '../frame/command-error.js';

/** Asks a question with the answers yes and no. Rejects with `aborted` on Ctrl-C. */
export async function askYesNo({ environment }: CommandContext, message: string): Promise<boolean> {
  const { confirm, isCancel } = await import('@clack/prompts');
  const { stdin, stderr, signal } = environment;
  const answer = await confirm({
    message,
    initialValue: false,
    input: stdin as Readable,
    output: stderr,
    signal,
  });
  if (isCancel(answer)) throw interrupted();
  return answer;
}

/** Asks for a text that must be typed exactly. Returns whether it was. Rejects with `aborted` on Ctrl-C. */
export async function askForText(
  { environment }: CommandContext,
  message: string,
  expected: string,
): Promise<boolean> {
  const { text, isCancel } = await import('@clack/prompts');
  const { stdin, stderr, signal } = environment;
  const answer = await text({ message, input: stdin as Readable, output: stderr, signal });
  if (isCancel(answer)) throw interrupted();
  return answer.trim() === expected;
}
