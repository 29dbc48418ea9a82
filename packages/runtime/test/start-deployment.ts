import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import type { DeployResult, MigrationPlan } from '@objectstack/spec/system';
import { withResolvers } from '@objectstack/testing';
import type { DeployChildInput } from './deploy-child.js';
import { startChild } from './run-child.js';

type ChildDeployment = Partial<DeployResult> & { code?: string };

export interface StartedDeployment {
  /** Starts the execution. */
  go(): void;
  kill(): void;
  /** The output of the process: a result or the code of an error; `null` if it was killed before. */
  readonly outcome: Promise<ChildDeployment | null>;
}

/** A separate process that has opened the tenant and waits to execute the plan. */
export async function startDeployment(
  dir: string,
  tenantId: string,
  plan: MigrationPlan,
): Promise<StartedDeployment> {
  const planFile = `${dir}/plan-${randomUUID()}.json`;
  await writeFile(planFile, JSON.stringify(plan));
  const input: DeployChildInput = { dir, tenantId, planFile };
  const { child, outcome } = await startChild('./deploy-child.ts', input);
  const ready = withResolvers<void>();
  child.stdout?.once('data', () => ready.resolve());
  const ended = outcome.then(({ stdout, stderr }) => {
    ready.resolve();
    if (stderr) throw new Error(stderr);
    const [, line] = stdout.split('\n');
    return line ? (JSON.parse(line) as ChildDeployment) : null;
  });
  await ready.promise;
  return {
    go: () => child.stdin?.write('\n'),
    kill: () => child.kill('SIGKILL'),
    outcome: ended,
  };
}
