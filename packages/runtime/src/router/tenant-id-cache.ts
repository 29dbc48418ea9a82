import type { ITenantRegistry } from '@objectstack/spec/contracts';
import { isStorableText } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { TenantSelector } from '@objectstack/spec/system';
import type { Clock } from '../shared/clock.js';
import { tenantNotFound } from '../shared/find-tenant.js';
import { LoadCache, type Loaded } from './load-cache.js';
import { matchSelectors, onlyTenant, selectionOf } from './match-selectors.js';
import { type ReadTenant, validityOf } from './read-tenant.js';
import type { Refusal } from './refusal.js';

export interface TenantIdCacheOptions {
  readonly registry: ITenantRegistry;
  readonly clock: Clock;
  readonly ttlMs: number;
  /** Maximum number of selections. */
  readonly size: number;
}

interface Selected {
  readonly tenantId: string;
}

type Selection = Selected | Refusal;

/** A selected tenant. */
export interface SelectedTenant extends Selected {
  /** What the registry said, if it was read for this call. */
  readonly read?: ReadTenant | undefined;
}

/**
 * Which tenant of an organization a list of selectors selects. A change of any tenant can change the selections of its
 * organization, which is not known for a tenant that was just created, so an invalidation discards all of them: each is
 * one query.
 */
export class TenantIdCache {
  readonly #options: TenantIdCacheOptions;
  readonly #selections: LoadCache<Selection>;

  constructor(options: TenantIdCacheOptions) {
    this.#options = options;
    this.#selections = new LoadCache({ size: options.size, overtaken: 'return' });
  }

  /** Rejects with the reason for which no tenant is selected. */
  async select(organizationId: string, selectors: readonly TenantSelector[]): Promise<SelectedTenant> {
    if (!isStorableText(organizationId)) throw tenantNotFound();
    const key = JSON.stringify([organizationId, ...selectors.map(({ kind, value }) => [kind, value])]);
    let read: ReadTenant | undefined;
    const selection = await this.#selections.get(key, () =>
      this.#load(organizationId, selectors, (tenant) => {
        read = tenant;
      }),
    );
    if ('error' in selection) throw selection.error;
    return { ...selection, ...(read?.record.tenant.id === selection.tenantId && { read }) };
  }

  clear(): void {
    this.#selections.clear();
  }

  async #load(
    organizationId: string,
    selectors: readonly TenantSelector[],
    onRead: (tenant: ReadTenant) => void,
  ): Promise<Loaded<Selection>> {
    const { registry, clock, ttlMs } = this.#options;
    const periods = validityOf(clock, ttlMs);
    const records =
      selectors.length === 0
        ? await registry.listTenants(organizationId)
        : await registry.selectTenants(organizationId, selectionOf(selectors));
    try {
      const record = selectors.length === 0 ? onlyTenant(records) : matchSelectors(records, selectors);
      onRead({ record, periods });
      return { value: { tenantId: record.tenant.id }, validity: periods.admitted };
    } catch (error) {
      if (!ObjectStackError.isInstance(error)) throw error;
      return { value: { error }, validity: periods.refused };
    }
  }
}
