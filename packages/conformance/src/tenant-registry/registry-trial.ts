import type { ITenantRegistry, TenantRecord } from '@objectstack/spec/contracts';
import { type TenantChanges, tenantRecord } from './sample-tenants.js';

export interface TenantRegistrySubject {
  /** A registry whose `initialize` has not been called. */
  readonly registry: ITenantRegistry;
  /** Creates another registry on the same database, as another process does. */
  readonly open: () => Promise<ITenantRegistry>;
  /** Removes the database after all registries are closed. */
  readonly destroy?: () => Promise<void>;
}

interface Resources {
  /** Creates a registry on another new database, and releases it after the check. */
  readonly fresh: () => Promise<TenantRegistrySubject>;
  /** Creates another registry on the database of the subject, and closes it after the check. */
  readonly another: () => Promise<ITenantRegistry>;
}

/** What a check works with: an initialized registry on its own empty database. */
export class RegistryTrial {
  readonly registry: ITenantRegistry;
  readonly fresh: Resources['fresh'];
  readonly another: Resources['another'];

  constructor(registry: ITenantRegistry, { fresh, another }: Resources) {
    this.registry = registry;
    this.fresh = fresh;
    this.another = another;
  }

  /** Creates a tenant and returns its record. */
  async tenant(changes: TenantChanges = {}): Promise<TenantRecord> {
    return (await this.registry.createTenant(tenantRecord(changes))).record;
  }

  /** The registry several times, each on its own connection: processes that share the database. */
  async processes(count: number): Promise<ITenantRegistry[]> {
    const registries = [this.registry];
    while (registries.length < count) registries.push(await this.another());
    return registries;
  }
}
