import type { QuotaServiceSuiteOptions } from '@objectstack/conformance';
import { tursoLocal } from '@objectstack/driver-turso';
import type { IQuotaService } from '@objectstack/spec/contracts';
import { createRuntime } from '../src/create-runtime.js';
import type { Runtime } from '../src/runtime.js';
import { controlFolder } from './control-folder.js';
import { ManualClock } from './manual-clock.js';
import type { RegistrySchemas } from './reused-schemas.js';

/** Replaces the quota service of a process. */
export type ChangeQuotas = (quotas: IQuotaService, process: Runtime) => IQuotaService;

/** The conformance suite for quota services on local files, or with the registry on PostgreSQL, or derived from them. */
export function quotaSuite(
  change: ChangeQuotas = (quotas) => quotas,
  schemas?: RegistrySchemas,
): QuotaServiceSuiteOptions {
  return {
    name: schemas ? 'with a registry on PostgreSQL' : 'on local files',
    create: async () => {
      const dir = await controlFolder();
      const connectionString = await schemas?.createSchema();
      const clock = new ManualClock();
      const runtimes: Runtime[] = [];
      const another = async () => {
        const registry = connectionString ? schemas?.openRegistry(connectionString) : undefined;
        const runtime = await createRuntime({
          dataPlane: tursoLocal({ dir }),
          clock,
          ...(registry && { registry }),
        });
        runtimes.push(runtime);
        return { ...runtime, quotas: change(runtime.quotas, runtime) };
      };
      return {
        ...(await another()),
        another,
        advance: (milliseconds) => clock.advance(milliseconds),
        destroy: async () => {
          for (const runtime of runtimes) await runtime.close();
        },
      };
    },
  };
}
