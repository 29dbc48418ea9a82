import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { MigrationPlan } from '@objectstack/spec/system';
import { withResolvers } from '@objectstack/testing';
import { onTestFinished } from 'vitest';
import { startChild } from './run-child.js';
import type { Work, WorkChildInput, WorkOutcome } from './work-child.js';

const fromHere = createRequire(import.meta.url);
const fromDriver = createRequire(fromHere.resolve('@objectstack/driver-turso/package.json'));
const LIBSQL = createRequire(fromDriver.resolve('@libsql/client')).resolve('libsql');

export interface StartedWork {
  /** Whether the process stands still at its stop point; false when it came to its end without passing it. */
  readonly isStopped: boolean;
  kill(): void;
  /** Lets a process go on that stands still. */
  goOn(): void;
  /** What the process printed; null when it was killed before. */
  readonly outcome: Promise<WorkOutcome | null>;
}

type Options = Omit<WorkChildInput, 'libsql' | 'tenantId'> & { readonly tenantId?: string };

/** Work in a process of its own, which ends with the test. The outcome is null if it was killed. */
export async function startWorkChild(options: Options) {
  const input: WorkChildInput = { tenantId: randomUUID(), ...options, libsql: LIBSQL };
  const { child, outcome } = await startChild('./work-child.ts', input);
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = outcome.then(({ stdout, stderr }) => {
    if (stderr) throw new Error(stderr);
    const line = stdout.split('\n').find((text) => text.startsWith('{'));
    return line ? (JSON.parse(line) as WorkOutcome) : null;
  });
  return { child, outcome: ended };
}

/**
 * Work in a process of its own, up to its stop point or its end. While it stands still the whole process is stopped
 * (SIGSTOP), its timers and native threads as well.
 */
export async function startWork(options: Options): Promise<StartedWork> {
  const { child, outcome } = await startWorkChild(options);
  const first = withResolvers<boolean>();
  child.stdout?.once('data', (text) => first.resolve(String(text).startsWith('stopped ')));
  const ended = outcome.finally(() => first.resolve(false));
  const isStopped = await first.promise;
  if (isStopped) child.kill('SIGSTOP');
  return {
    isStopped,
    kill: () => child.kill('SIGKILL'),
    goOn: () => {
      child.stdin?.write('\n');
      child.kill('SIGCONT');
    },
    outcome: ended,
  };
}

/** Work that executes a plan. */
export async function deployWork(
  dir: string,
  plan: MigrationPlan,
  allow: readonly string[] = [],
): Promise<Work> {
  const planFile = `${dir}/plan-${randomUUID()}.json`;
  await writeFile(planFile, JSON.stringify(plan));
  return { kind: 'deploy', planFile, allow };
}

/** Does the work in a process that is killed at its stop point; false when the work was over before. */
export async function killedAt(options: Options): Promise<boolean> {
  const { isStopped, kill, outcome } = await startWork(options);
  kill();
  await outcome;
  return isStopped;
}
