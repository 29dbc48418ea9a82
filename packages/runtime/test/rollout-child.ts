import { tursoLocal } from '@objectstack/driver-turso';
import type { ITenantRegistry } from '@objectstack/spec/contracts';
import { createRuntime } from '../src/create-runtime.js';
import { createTenantRegistry } from '../src/registry/create-tenant-registry.js';

export interface RolloutChildInput {
  dir: string;
  rolloutId: string;
  isRollback: boolean;
  /** How far the clock of the process is ahead, so that it takes the lease of a killed one over. */
  aheadMs: number;
  /** Call of the registry before or after which the process kills itself. */
  kill: { method: keyof ITenantRegistry; occurrence: number; when: 'before' | 'after' };
}

const { dir, rolloutId, isRollback, aheadMs, kill }: RolloutChildInput = JSON.parse(process.argv[2] ?? '');
const dataPlane = tursoLocal({ dir });
const stored = createTenantRegistry(dataPlane.defaults.controlDatabase);
const die = () => process.kill(process.pid, 'SIGKILL');

let calls = 0;
const method = stored[kill.method] as (...args: unknown[]) => Promise<unknown>;
const killing = async (...args: unknown[]) => {
  const isLast = ++calls === kill.occurrence;
  if (isLast && kill.when === 'before') die();
  const result = await method(...args);
  if (isLast) die();
  return result;
};

/** Starts the rollout or its rollback, or continues it, until it ends or the process is killed. */
const runtime = await createRuntime({
  dataPlane,
  registry: { ...stored, [kill.method]: killing },
  clock: { now: () => new Date(Date.now() + aheadMs) },
});
await (isRollback
  ? runtime.fleet.rollbackRollout(rolloutId)
  : runtime.fleet.startRollout(rolloutId, { concurrency: 1 }));
await runtime.fleet.waitForRollout(rolloutId);
await runtime.close();
