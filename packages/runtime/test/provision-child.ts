import { tursoLocal } from '@objectstack/driver-turso';
import type { TenantProvisioningRequestInput } from '@objectstack/spec/system';
import { createProvisioningService } from '../src/provisioning/provisioning-service.js';
import { createTenantRegistry } from '../src/registry/create-tenant-registry.js';
import { atBoundary, faultyDataPlane, faultyRegistry } from './fault-plane.js';
import { ManualClock } from './manual-clock.js';

export interface ProvisionChildInput {
  dir: string;
  request: TenantProvisioningRequestInput;
  /** Boundary at which the process kills itself. */
  killAt: number;
}

const { dir, request, killAt }: ProvisionChildInput = JSON.parse(process.argv[2] ?? '');
const faults = atBoundary(killAt, (name) => {
  process.stdout.write(name);
  process.kill(process.pid, 'SIGKILL');
});
const local = tursoLocal({ dir });
const registry = faultyRegistry(createTenantRegistry(local.defaults.controlDatabase), faults);
await registry.initialize();
const provisioning = createProvisioningService({
  registry,
  dataPlane: faultyDataPlane(local, faults),
  router: { invalidateCache: () => {} },
  clock: new ManualClock(),
});
process.stdout.write(JSON.stringify(await provisioning.provisionTenant(request)));
await local.close();
