import type { FleetServiceSuiteOptions } from '@objectstack/conformance';
import { tursoLocal } from '@objectstack/driver-turso';
import type { IFleetService } from '@objectstack/spec/contracts';
import { createRuntime } from '../src/create-runtime.js';
import type { Runtime } from '../src/runtime.js';
import { controlFolder } from './control-folder.js';
import { ManualClock } from './manual-clock.js';
import type { RegistrySchemas } from './reused-schemas.js';

/** Replaces the fleet service of a process. */
export type ChangeFleet = (fleet: IFleetService, process: Runtime) => IFleetService;

/** The conformance suite for fleet services on local files, or with the registry on PostgreSQL, or derived from them. */
export function fleetSuite(
  change: ChangeFleet = (fleet) => fleet,
  schemas?: RegistrySchemas,
): FleetServiceSuiteOptions {
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
        return { ...runtime, fleet: change(runtime.fleet, runtime) };
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
