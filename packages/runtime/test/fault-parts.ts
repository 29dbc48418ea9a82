import type { DataPlane, DriverTransaction, IDataDriver } from '@objectstack/spec/contracts';
import type { DeployContext } from '../src/deploy/deploy-context.js';
import type { Faults } from './fault-plane.js';

/** Wraps an object with a fault before and after every call of an asynchronous method. */
function around<T extends object>(target: T, name: string, faults: Faults): T {
  return new Proxy(target, {
    get(_target, key) {
      const member = Reflect.get(target, key, target);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) => {
        const call = `${name}.${String(key)}`;
        if (SYNCHRONOUS.has(String(key))) return member.apply(target, args);
        return Promise.resolve(faults.before(call))
          .then(() => member.apply(target, args))
          .then(async (result) => {
            try {
              await faults.after(call);
            } catch (error) {
              await endTransaction(target, key, result);
              throw error;
            }
            return result;
          });
      };
    },
  });
}

const SYNCHRONOUS = new Set(['diff', 'generateMigrations', 'invalidateCache', 'createDriver']);

/** A transaction whose handle is lost idles until it expires; tests do not wait for that. */
async function endTransaction(target: object, key: string | symbol, result: unknown): Promise<void> {
  if (key === 'beginTransaction') await (target as IDataDriver).rollback(result as DriverTransaction);
}

/**
 * The parts of a deploy pipeline, with faults around every call of registry, bundle store, schema service and driver.
 */
export function faultyParts(parts: DeployContext, faults: Faults): DeployContext {
  const { registry, bundles, dataPlane, router } = parts;
  const schemaDiff = around(dataPlane.schemaDiff, 'schemaDiff', faults);
  const faultyPlane: DataPlane = Object.create(dataPlane, { schemaDiff: { value: schemaDiff } });
  return {
    ...parts,
    registry: around(registry, 'registry', faults),
    bundles: around(bundles, 'bundles', faults),
    dataPlane: faultyPlane,
    router: {
      resolveTenant: router.resolveTenant,
      invalidateCache: router.invalidateCache,
      getTenantClient: async (tenantId) => around(await router.getTenantClient(tenantId), 'driver', faults),
    },
  };
}
