import { tursoLocal } from '@objectstack/driver-turso';
import type { ITenantRegistry } from '@objectstack/spec/contracts';
import type { RolloutStrategyInput } from '@objectstack/spec/system';
import { createRuntime } from '../src/create-runtime.js';
import { createTenantRegistry } from '../src/registry/create-tenant-registry.js';

export interface RolloutChildInput {
  dir: string;
  rolloutId: string;
  isRollback: boolean;
  strategy: RolloutStrategyInput;
  /** Tenants that the process uses, all at once, while it drives the rollout. */
  uses: readonly string[];
  /** How far the clock of the process is ahead, so that it takes the lease of a killed one over. */
  aheadMs: number;
  /** Call of the registry before or after which the process kills itself; without a method, any of its calls counts. */
  kill: { method?: keyof ITenantRegistry; occurrence: number; when: 'before' | 'after' };
}

const input: RolloutChildInput = JSON.parse(process.argv[2] ?? '');
const { dir, rolloutId, isRollback, strategy, uses, aheadMs, kill } = input;
const dataPlane = tursoLocal({ dir });
const stored = createTenantRegistry(dataPlane.defaults.controlDatabase);
const die = () => process.kill(process.pid, 'SIGKILL');

let calls = 0;
const killing =
  (call: (...args: unknown[]) => Promise<unknown>) =>
  async (...args: unknown[]) => {
    const isLast = ++calls === kill.occurrence;
    if (isLast && kill.when === 'before') die();
    const result = await call(...args);
    if (isLast) die();
    return result;
  };

const registry = Object.fromEntries(
  Object.entries(stored).map(([name, call]) => [
    name,
    kill.method === undefined || kill.method === name ? killing(call) : call,
  ]),
) as unknown as ITenantRegistry;

/** Starts the rollout or its rollback, or continues it, until it ends, its tenants were used, or the process is killed. */
const runtime = await createRuntime({
  dataPlane,
  registry,
  clock: { now: () => new Date(Date.now() + aheadMs) },
});
await (isRollback
  ? runtime.fleet.rollbackRollout(rolloutId)
  : runtime.fleet.startRollout(rolloutId, strategy));
if (uses.length > 0)
  for await (const { accessUntil } of runtime.fleet.watchRollout(rolloutId))
    if (accessUntil !== undefined) break;
await Promise.all(uses.map((tenantId) => runtime.router.getTenantClient(tenantId)));
if (uses.length > 0) die();
await runtime.fleet.waitForRollout(rolloutId);
await runtime.close();
