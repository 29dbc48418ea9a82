import { ROUTER_SUITE_RESOLVER, type TenantRouterSuiteOptions } from '@objectstack/conformance';
import { tursoLocal } from '@objectstack/driver-turso';
import type { ITenantRouter } from '@objectstack/spec/contracts';
import { createRuntime } from '../src/create-runtime.js';
import type { Runtime } from '../src/runtime.js';
import { controlFolder } from './control-folder.js';
import { ManualClock } from './manual-clock.js';

const TTL_MS = 5_000;

/** Replaces the router of a process. */
export type ChangeRouter = (router: ITenantRouter, process: Runtime, now: () => number) => ITenantRouter;

/** The conformance suite for the router on local files, or for routers derived from it. */
export function routerSuite(change: ChangeRouter = (router) => router): TenantRouterSuiteOptions {
  return {
    name: 'on local files',
    create: async () => {
      const dir = await controlFolder();
      const clock = new ManualClock();
      const runtimes: Runtime[] = [];
      const another = async () => {
        const dataPlane = tursoLocal({ dir });
        const runtime = await createRuntime({
          dataPlane,
          clock,
          ttlMs: TTL_MS,
          tenantResolver: ROUTER_SUITE_RESOLVER,
        });
        runtimes.push(runtime);
        return { ...runtime, router: change(runtime.router, runtime, () => clock.now().getTime()) };
      };
      return {
        ...(await another()),
        another,
        ttlMs: TTL_MS,
        advance: (milliseconds) => clock.advance(milliseconds),
        destroy: async () => {
          for (const runtime of runtimes) await runtime.close();
        },
      };
    },
  };
}
