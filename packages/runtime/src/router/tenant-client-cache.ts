import type {
  DataPlane,
  IDataDriver,
  ISecretSealer,
  ITenantRegistry,
  TenantRecord,
} from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { SealedConnectionConfig, Tenant, TenantQuota } from '@objectstack/spec/system';
import { type Clock, Period } from '../shared/clock.js';
import { findTenant } from '../shared/find-tenant.js';
import { runtimeClosed } from '../shared/refused-when-closed.js';
import { admitTenant } from './admit-tenant.js';
import { ConnectedDrivers } from './connected-drivers.js';
import { GatedDriver } from './gated-driver.js';
import { type Known, LoadCache, type Loaded } from './load-cache.js';
import { openConnection } from './open-connection.js';
import { readBundleVersion } from './read-bundle-version.js';
import { type ReadTenant, validityOf } from './read-tenant.js';
import { recheckIfBlocked } from './recheck-if-blocked.js';
import type { ReferenceCountedDriver } from './reference-counted-driver.js';
import type { Refusal } from './refusal.js';

export interface TenantClientCacheOptions {
  readonly registry: ITenantRegistry;
  readonly dataPlane: DataPlane;
  /** Decrypts the tokens in the registry. Absent: there are none. */
  readonly sealer?: ISecretSealer | undefined;
  readonly clock: Clock;
  /** How long an admission is valid before the registry is read again, in milliseconds. */
  readonly ttlMs: number;
  readonly maxClients: number;
  /** How long the driver of a tenant without use stays cached, in milliseconds. Absent: without limit. */
  readonly idleMs?: number | undefined;
  /** Whether a suspended tenant can be read: then only its database refuses writes. */
  readonly readsWhileSuspended: boolean;
}

/** A tenant in service, and how its database is reached. */
export interface Admission {
  readonly tenant: Tenant;
  readonly connection: SealedConnectionConfig;
  readonly driver: ReferenceCountedDriver;
  readonly client: Promise<IDataDriver>;
  /** Quotas that the driver enforces; replaced at every admission. */
  readonly limits: { quotas: TenantQuota };
  /** Shared by the admissions between two invalidations. */
  readonly epoch: object;
  /** Version of the deployed bundle. Read at the first call. */
  readonly bundleVersion: () => Promise<string | undefined>;
}

type Entry = Admission | Refusal;

/** Whether a tenant is in service, without its driver. */
type Check = { readonly isAdmitted: true } | Refusal;

const driverOf = (entry: Entry | undefined) => (entry && 'driver' in entry ? entry.driver : undefined);

/** Codes of a tenant that is not in service. Any other error may be gone at the next call. */
const REFUSALS = new Set<unknown>(['tenant_not_found', 'tenant_suspended', 'tenant_not_ready']);

/** Admits tenants to their drivers, and caches admissions and, shortly, refusals. */
export class TenantClientCache {
  readonly #options: TenantClientCacheOptions;
  readonly #entries: LoadCache<Entry>;
  readonly #checks: LoadCache<Check>;
  readonly #drivers = new ConnectedDrivers();
  #state: 'open' | 'closing' | 'closed' = 'open';
  #revision = 0;

  constructor(options: TenantClientCacheOptions) {
    const { clock, idleMs } = options;
    this.#options = options;
    this.#checks = new LoadCache({ size: options.maxClients, overtaken: 'repeat' });
    this.#entries = new LoadCache({
      size: options.maxClients,
      overtaken: 'repeat',
      idle: idleMs === undefined ? undefined : () => new Period(clock, idleMs),
      discard: (entry, next) => {
        const driver = driverOf(entry);
        if (driver !== driverOf(next)) driver?.retire();
      },
    });
  }

  /** The tenant's driver handle. Valid admissions are cached. */
  client(tenantId: string): Promise<IDataDriver> {
    const entry = this.#entries.fresh(tenantId);
    if (this.#state === 'open' && entry && 'client' in entry) return entry.client;
    return this.admit(tenantId).then(({ client }) => client);
  }

  /** The driver behind the handle; synchronous if the admission is valid. */
  pass(tenantId: string): ReferenceCountedDriver | Promise<ReferenceCountedDriver> {
    const entry = this.#entries.fresh(tenantId);
    if (this.#state === 'open' && entry && 'driver' in entry) return entry.driver;
    return this.admit(tenantId).then(({ driver }) => driver);
  }

  /** Changes whenever a tenant is invalidated: what was read from the registry before may be outdated. */
  get revision(): number {
    return this.#revision;
  }

  /**
   * The admission of the tenant, which `read` avoids reading from the registry. Rejects with the reason why it is not in
   * service.
   */
  async admit(tenantId: string, read?: ReadTenant): Promise<Admission> {
    if (this.#state !== 'open') throw runtimeClosed();
    let unused = read;
    const entry = await this.#entries.get(tenantId, (known) => {
      // A load that an invalidation overtakes is repeated: what was read before it is outdated.
      const given = unused;
      unused = undefined;
      return this.#loaded(
        async () =>
          this.#admitted(given?.record ?? (await findTenant(this.#options.registry, tenantId)), known),
        given?.periods,
      );
    });
    if ('error' in entry) throw entry.error;
    return entry;
  }

  /** Rejects work in progress if the tenant is not in service; synchronous if an admission is valid. */
  check(tenantId: string): void | Promise<void> {
    if (this.#state === 'closed') return Promise.reject(runtimeClosed());
    const entry = this.#entries.fresh(tenantId) ?? this.#checks.fresh(tenantId);
    if (entry && !('error' in entry)) return;
    return this.#checkAgain(tenantId);
  }

  async #recheck(tenantId: string): Promise<void> {
    this.invalidate(tenantId);
    await this.check(tenantId);
  }

  async #checkAgain(tenantId: string): Promise<void> {
    const check = await this.#checks.get(tenantId, () =>
      this.#loaded(async () => {
        await this.#assertInService(tenantId);
        return { isAdmitted: true };
      }),
    );
    if ('error' in check) throw check.error;
  }

  /** Reads the registry. Rejects with the reason why the tenant is not in service. */
  async #assertInService(tenantId: string): Promise<void> {
    const { registry, readsWhileSuspended } = this.#options;
    admitTenant(await findTenant(registry, tenantId), readsWhileSuspended);
  }

  /** Whether the tenant was not invalidated since it was admitted. */
  isCurrent(admission: Admission): boolean {
    const kept = this.#entries.kept(admission.tenant.id);
    return kept !== undefined && 'epoch' in kept && kept.epoch === admission.epoch;
  }

  invalidate(tenantId: string): void {
    this.#revision++;
    this.#checks.invalidate(tenantId);
    this.#entries.invalidate(tenantId);
  }

  /**
   * Refuses new work, also through existing handles, at once. Resolves when all work in progress has ended, at the latest after
   * the timeout; then refuses all work. Idempotent.
   */
  async close(timeoutMs: number): Promise<void> {
    if (this.#state === 'open') this.#state = 'closing';
    await this.#drivers.retireAll(timeoutMs);
    this.#state = 'closed';
    this.#checks.clear();
    this.#entries.clear();
  }

  async #loaded<Value>(
    load: () => Promise<Value>,
    periods = validityOf(this.#options.clock, this.#options.ttlMs),
  ): Promise<Loaded<Value | Refusal>> {
    if (this.#state === 'closed') throw runtimeClosed();
    try {
      return { value: await load(), validity: periods.admitted };
    } catch (error) {
      if (!ObjectStackError.isInstance(error) || !REFUSALS.has(error.code)) throw error;
      return { value: { error }, validity: periods.refused };
    }
  }

  async #admitted({ tenant }: TenantRecord, known: Known<Entry> | undefined): Promise<Admission> {
    const { dataPlane, sealer, readsWhileSuspended } = this.#options;
    const tenantId = tenant.id;
    const connection = admitTenant({ tenant }, readsWhileSuspended);
    const recheck = () => this.#assertInService(tenantId);
    const { value, isInvalidated } = known ?? {};
    if (value && 'driver' in value && value.connection.url === connection.url) {
      if (isInvalidated) await recheckIfBlocked(() => value.driver.driver.refresh(), recheck);
      value.limits.quotas = tenant.quotas;
      const epoch = isInvalidated ? {} : value.epoch;
      return this.#admission({ ...value, tenant, connection, epoch });
    }
    const opened = await openConnection(connection, tenantId, sealer);
    const limits = { quotas: tenant.quotas };
    const driver = dataPlane.createDriver(opened, { quotas: () => limits.quotas });
    await recheckIfBlocked(() => driver.connect(), recheck);
    const gate = {
      pass: () => this.pass(tenantId),
      check: () => this.check(tenantId),
      recheck: () => this.#recheck(tenantId),
    };
    const client = Promise.resolve(new GatedDriver(driver, gate));
    const added = { driver: this.#drivers.add(driver), client, limits, epoch: {} };
    return this.#admission({ tenant, connection, ...added });
  }

  #admission(parts: Omit<Admission, 'bundleVersion'>): Admission {
    let version: Promise<string | undefined> | undefined;
    const forget = (error: unknown) => {
      version = undefined;
      throw error;
    };
    const bundleVersion = () => {
      version ??= this.#readBundleVersion(parts).catch(forget);
      return version;
    };
    return { ...parts, bundleVersion };
  }

  /** Needs no further admission, unless the driver was retired meanwhile. */
  async #readBundleVersion({ tenant, driver, client }: Omit<Admission, 'bundleVersion'>) {
    const { dataPlane } = this.#options;
    if (!driver.acquire()) return readBundleVersion(dataPlane, await client);
    try {
      const recheck = () => this.#recheck(tenant.id);
      return await recheckIfBlocked(() => readBundleVersion(dataPlane, driver.driver), recheck);
    } finally {
      driver.release();
    }
  }
}
