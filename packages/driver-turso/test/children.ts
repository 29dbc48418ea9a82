import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { bundleScript } from '@objectstack/testing';
import { onTestFinished } from 'vitest';
import type { Task, TaskOutcome } from './child.js';

/** A task in a process of its own: it gets ready, starts when it is told to, and says what came of it. */
export interface Child {
  go(): void;
  kill(): void;
  outcome: Promise<TaskOutcome>;
}

async function outcomeOf(child: ChildProcess, output: () => string): Promise<TaskOutcome> {
  await once(child, 'close');
  const line = output()
    .split('\n')
    .find((text) => text.startsWith('{'));
  return line ? JSON.parse(line) : { code: child.signalCode ?? 'no_outcome' };
}

/** Starts the task and resolves when it is ready. */
export async function startChild(task: Task): Promise<Child> {
  const script = await bundleScript(fileURLToPath(new URL('./child.ts', import.meta.url)));
  const child = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let output = '';
  child.stdin?.on('error', () => undefined);
  child.stdin?.write(`${JSON.stringify(task)}\n`);
  const outcome = outcomeOf(child, () => output);
  await new Promise<void>((resolve) => {
    child.stdout?.on('data', (chunk) => {
      output += String(chunk);
      if (output.includes('ready')) resolve();
    });
    child.once('close', () => resolve());
  });
  return { go: () => child.stdin?.end('go\n'), kill: () => child.kill('SIGKILL'), outcome };
}

/** Starts all tasks at the same moment and waits for all of them. */
export async function runTogether(tasks: readonly Task[]): Promise<TaskOutcome[]> {
  const children = await Promise.all(tasks.map(startChild));
  for (const child of children) child.go();
  return Promise.all(children.map(({ outcome }) => outcome));
}
