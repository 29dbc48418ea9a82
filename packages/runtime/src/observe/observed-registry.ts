import type { ChangeOrigin, ITenantRegistry } from '@objectstack/spec/contracts';
import type { Clock } from '../shared/clock.js';
import type { Observer } from './observer.js';
import {
  type CausedEvent,
  claimEvents,
  deploymentEvents,
  tenantEvent,
  updateEvents,
} from './registry-events.js';

/*
 * The registry is where every change of a tenant or deployment is committed, so its writes are where the events come
 * from, like the entries of the audit log: no verb can change anything without its event, or emit one without a change.
 */

/** The registry, which emits an event after each write that changed something. */
export function observedRegistry(
  registry: ITenantRegistry,
  observer: Pick<Observer, 'emit'>,
  clock: Clock,
): ITenantRegistry {
  const originOf = (by: ChangeOrigin | undefined) => ({ by, at: by?.at ?? clock.now().toISOString() });
  const emit = (eventsOf: () => readonly CausedEvent[]) => {
    try {
      for (const { name, payload } of eventsOf()) observer.emit(name, payload as never);
    } catch {
      // The change is committed; a registry that does not say what it replaced has no event.
    }
  };
  /** The copy does not say whose tenant it is of. */
  const emitBackup = async (id: string, by: ChangeOrigin | undefined) => {
    try {
      const copy = await registry.getTenantCopy(id);
      const record = copy && (await registry.getTenant(copy.tenantId));
      if (record) emit(() => [{ name: 'tenant.backed_up', payload: tenantEvent(record, originOf(by)) }]);
    } catch {
      // The change is committed.
    }
  };
  const writes: Pick<
    ITenantRegistry,
    | 'claimPooledDatabase'
    | 'createTenantFromCopy'
    | 'createTenant'
    | 'updateTenant'
    | 'setTenantNames'
    | 'changeTenantCopy'
    | 'switchDatabase'
    | 'saveDeployment'
  > = {
    async claimPooledDatabase(poolKey, claim) {
      const claimed = await registry.claimPooledDatabase(poolKey, claim);
      if (claimed?.created) emit(() => claimEvents(claimed.record, originOf(claim.by)));
      return claimed;
    },
    async createTenantFromCopy(copyId, record, by) {
      const copied = await registry.createTenantFromCopy(copyId, record, by);
      if (copied?.created) emit(() => claimEvents(copied.record, originOf(by)));
      return copied;
    },
    async changeTenantCopy(id, from, change, by) {
      const changed = await registry.changeTenantCopy(id, from, change, by);
      if (changed && change.status === 'ready') await emitBackup(id, by);
      return changed;
    },
    async switchDatabase(tenantId, change, by) {
      const record = await registry.switchDatabase(tenantId, change, by);
      if (record)
        emit(() => [{ name: 'tenant.database_changed', payload: tenantEvent(record, originOf(by)) }]);
      return record;
    },
    async createTenant(record, by, lease) {
      const stored = await registry.createTenant(record, by, lease);
      const payload = () => tenantEvent(stored.record, originOf(by));
      if (stored.created) emit(() => [{ name: 'tenant.created', payload: payload() }]);
      return stored;
    },
    async updateTenant(tenantId, from, change, by) {
      const update = await registry.updateTenant(tenantId, from, change, by);
      emit(() => updateEvents(update, originOf(by)));
      return update;
    },
    async setTenantNames(tenantId, change, by) {
      const record = await registry.setTenantNames(tenantId, change, by);
      if (record) emit(() => [{ name: 'tenant.names_changed', payload: tenantEvent(record, originOf(by)) }]);
      return record;
    },
    async saveDeployment(record, guard, by) {
      const saved = await registry.saveDeployment(record, guard, by);
      emit(() => deploymentEvents(record, saved, originOf(by)));
      return saved;
    },
  };
  return new Proxy(registry, {
    get: (target, key) => Reflect.get(key in writes ? writes : target, key),
  });
}
