import { tursoLocal } from '@objectstack/driver-turso';
import type { TenantProvisioningRequestInput } from '@objectstack/spec/system';
import { createProvisioningService } from '../src/provisioning/provisioning-service.js';
import { createTenantRegistry } from '../src/registry/create-tenant-registry.js';
import { atBoundary, faultyDataPlane, faultyRegistry } from './fault-plane.js';
import { ManualClock } from './manual-clock.js';
import { withUnmarkedDatabases } from './unmarked-platform.js';

export interface ProvisionChildInput {
  dir: string;
  request: TenantProvisioningRequestInput;
  /** Boundary at which the process kills itself. */
  killAt: number;
  /** Whether databases are created without a marker, as on a server. */
  isUnmarked?: boolean;
}

const { dir, request, killAt, isUnmarked }: ProvisionChildInput = JSON.parse(process.argv[2] ?? '');
const faults = atBoundary(killAt, (name) => {
  process.stdout.write(name);
  process.kill(process.pid, 'SIGKILL');
});
const local = tursoLocal({ dir });
const registry = faultyRegistry(createTenantRegistry(local.defaults.controlDatabase), faults);
await registry.initialize();
const provisioning = createProvisioningService({
  registry,
  dataPlane: faultyDataPlane(isUnmarked ? withUnmarkedDatabases(local) : local, faults),
  router: { invalidateCache: () => {} },
  clock: new ManualClock(),
});
process.stdout.write(JSON.stringify(await provisioning.provisionTenant(request)));
await local.close();
