import type { ManualClock } from '../manual-clock.js';
import type { FaultPlace } from './fault-places.js';
import { FaultPorts } from './fault-ports.js';
import { openFaultProcess } from './fault-process.js';
import { REQUEST, type StartState, type Verb } from './fault-verbs.js';

/** How a tenant comes into a state: by the n-th call of the platform failing, or by these calls. */
const INTERRUPTED = { provisioning: 'exit', failed: 'before' } as const;

/** Brings a tenant into the state, and returns its id; empty if there is none. */
export async function enterState(
  place: FaultPlace,
  { state, verb, clock }: { state: StartState; verb: Verb; clock: ManualClock },
): Promise<string> {
  if (state === 'none') return '';
  const way = state === 'provisioning' || state === 'failed' ? INTERRUPTED[state] : undefined;
  const ports = new FaultPorts(way && { port: 'platform', nth: 1, way });
  ports.arm();
  const process = await openFaultProcess(place, { ports, clock });
  const { provisioning, parts } = process;
  await provisioning.provisionTenant(REQUEST).catch(() => undefined);
  const tenantId = (await parts.registry.listAllTenants())[0]?.tenant.id ?? '';
  await verb.prepare?.(process, tenantId);
  if (state === 'suspended') await provisioning.suspendTenant(tenantId);
  if (state === 'destroying') await provisioning.destroyTenant(tenantId);
  await process.close();
  return tenantId;
}
