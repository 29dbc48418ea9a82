import type { DataPlane, ObservedCall } from '@objectstack/spec/contracts';
import type { RuntimePart } from '@objectstack/spec/system';
import type { RuntimeParts } from '../runtime-options.js';
import type { Clock } from '../shared/clock.js';
import type { HealthMonitor } from './health-monitor.js';
import { observedDriver } from './observed-driver.js';
import { type Around, observedMethods } from './observed-methods.js';
import { observedRegistry } from './observed-registry.js';
import type { Observer } from './observer.js';

export interface Observation {
  readonly observer: Observer;
  readonly health: Pick<HealthMonitor, 'note'>;
  readonly clock: Clock;
}

/** Id of a tenant as the runtime creates it. Any other text of a caller is not passed on. */
const TENANT_ID = /^[a-z2-7]{26}$/;

export function callOf(part: string, method: string, args: readonly unknown[]): ObservedCall {
  const [first] = args;
  const isTenant = typeof first === 'string' && TENANT_ID.test(first);
  return { part, method, ...(isTenant && { tenantId: first }) };
}

/** Observes the calls of a part, which show whether it is reachable. */
function observedPart<T extends object>(part: RuntimePart, target: T, { observer, health }: Observation): T {
  const around: Around = async (method, args, work) => {
    try {
      const result = await observer.observe(callOf(part, method, args), work);
      health.note(part);
      return result;
    } catch (error) {
      health.note(part, error);
      throw error;
    }
  };
  return observedMethods(target, (method) => method !== 'close', around);
}

const DATABASE_METHODS: ReadonlySet<string> = new Set([
  'claimDatabase',
  'readTenantMarker',
] satisfies (keyof DataPlane)[]);

/** The data plane with an observed platform and observed drivers. */
function observedDataPlane(dataPlane: DataPlane, observation: Observation): DataPlane {
  const { observer } = observation;
  const replaced: Pick<DataPlane, 'platform' | 'createDriver'> = {
    platform: observedPart('platform', dataPlane.platform, observation),
    createDriver: (connection, settings) =>
      observedDriver(dataPlane.createDriver(connection, settings), connection.tenantId, observation),
  };
  const plane = observedMethods(
    dataPlane,
    (method) => DATABASE_METHODS.has(method),
    (method, _, work) => observer.observe({ part: 'database', method }, work),
  );
  return new Proxy(plane, { get: (target, key) => Reflect.get(key in replaced ? replaced : target, key) });
}

/** The parts of a runtime, whose calls are logged, traced and measured, and whose changes have events. */
export function observedParts(parts: RuntimeParts, observation: Observation): RuntimeParts {
  const { observer, clock } = observation;
  const registry = observedPart('registry', parts.registry, observation);
  return {
    ...parts,
    registry: observedRegistry(registry, observer, clock),
    bundles: observedPart('bundles', parts.bundles, observation),
    dataPlane: observedDataPlane(parts.dataPlane, observation),
  };
}
