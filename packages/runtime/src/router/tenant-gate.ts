import type { DataPlane, IDataDriver, ITenantRegistry } from '@objectstack/spec/contracts';
import { type Clock, Period } from '../shared/clock.js';
import { findTenant } from '../shared/find-tenant.js';
import { runtimeClosed } from '../shared/refused-when-closed.js';
import { admitTenant } from './admit-tenant.js';
import { GatedDriver } from './gated-driver.js';
import { openConnection } from './open-connection.js';

export interface TenantGateOptions {
  readonly registry: ITenantRegistry;
  readonly dataPlane: DataPlane;
  readonly clock: Clock;
  /** How long an admission is valid before the registry is read again, in milliseconds. */
  readonly ttlMs: number;
  readonly maxClients: number;
}

interface Entry {
  readonly url: string;
  readonly driver: IDataDriver;
  readonly client: Promise<IDataDriver>;
  /** Validity of the admission; `null` after an invalidation. */
  readonly admission: Period | null;
}

interface Load {
  readonly entry: Promise<Entry>;
  /** Whether an invalidation occurred while loading, so that the result may be outdated. */
  overtaken: boolean;
}

/** Admits tenants to their drivers, and caches admissions. */
export class TenantGate {
  readonly #options: TenantGateOptions;
  /** Least recently admitted first. */
  readonly #entries = new Map<string, Entry>();
  readonly #loads = new Map<string, Load>();
  #closed = false;

  constructor(options: TenantGateOptions) {
    this.#options = options;
  }

  /** The tenant's driver handle. Valid admissions are cached. */
  client(tenantId: string): Promise<IDataDriver> {
    return this.#fresh(tenantId)?.client ?? this.#admit(tenantId).then(({ client }) => client);
  }

  /** The driver behind the handle; synchronous if the admission is valid. */
  pass(tenantId: string): IDataDriver | Promise<IDataDriver> {
    return this.#fresh(tenantId)?.driver ?? this.#admit(tenantId).then(({ driver }) => driver);
  }

  invalidate(tenantId: string): void {
    const load = this.#loads.get(tenantId);
    if (load) load.overtaken = true;
    this.#loads.delete(tenantId);
    const entry = this.#entries.get(tenantId);
    if (entry) this.#entries.set(tenantId, { ...entry, admission: null });
  }

  /** Refuses all further access, also through existing handles. */
  close(): void {
    this.#closed = true;
    this.#entries.clear();
  }

  #fresh(tenantId: string): Entry | undefined {
    const entry = this.#entries.get(tenantId);
    return entry?.admission && !entry.admission.hasPassed ? entry : undefined;
  }

  async #admit(tenantId: string): Promise<Entry> {
    for (;;) {
      if (this.#closed) throw runtimeClosed();
      const load = this.#loads.get(tenantId) ?? this.#startLoad(tenantId);
      const entry = await load.entry;
      if (!load.overtaken) return entry;
    }
  }

  #startLoad(tenantId: string): Load {
    const keep = (entry: Entry) => {
      if (!load.overtaken) this.#keep(tenantId, entry);
      return entry;
    };
    const forget = (error: unknown) => {
      if (!load.overtaken) this.#forget(tenantId);
      throw error;
    };
    const load: Load = { overtaken: false, entry: this.#load(tenantId).then(keep, forget) };
    this.#loads.set(tenantId, load);
    return load;
  }

  /** An admission starts before the registry is read, so that its age is never underestimated. */
  async #load(tenantId: string): Promise<Entry> {
    const { registry, dataPlane, clock, ttlMs } = this.#options;
    const admission = new Period(clock, ttlMs);
    const known = this.#entries.get(tenantId);
    const connection = admitTenant(await findTenant(registry, tenantId));
    if (known?.url === connection.url) {
      if (known.admission === null) await known.driver.refresh();
      return { ...known, admission };
    }
    const driver = dataPlane.createDriver(openConnection(connection, tenantId));
    await driver.connect();
    const client = Promise.resolve(new GatedDriver(driver, () => this.pass(tenantId)));
    return { url: connection.url, driver, client, admission };
  }

  /** An evicted driver holds no resources. An existing handle gets a new driver at its next use. */
  #keep(tenantId: string, entry: Entry): void {
    this.#forget(tenantId);
    if (this.#closed) return;
    this.#entries.set(tenantId, entry);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > this.#options.maxClients && oldest !== undefined) this.#entries.delete(oldest);
  }

  #forget(tenantId: string): void {
    this.#loads.delete(tenantId);
    this.#entries.delete(tenantId);
  }
}
