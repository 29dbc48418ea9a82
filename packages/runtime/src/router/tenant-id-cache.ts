import type { ITenantRegistry } from '@objectstack/spec/contracts';
import { isStorableText } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { TenantSelector } from '@objectstack/spec/system';
import { type Clock, Period } from '../shared/clock.js';
import { tenantNotFound } from '../shared/find-tenant.js';
import { LoadCache, type Loaded } from './load-cache.js';
import { matchSelectors, onlyTenant, selectionOf } from './match-selectors.js';
import { NEGATIVE_TTL_MS, type Refusal } from './refusal.js';

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
  async select(organizationId: string, selectors: readonly TenantSelector[]): Promise<string> {
    if (!isStorableText(organizationId)) throw tenantNotFound();
    const key = JSON.stringify([organizationId, ...selectors.map(({ kind, value }) => [kind, value])]);
    const selection = await this.#selections.get(key, () => this.#load(organizationId, selectors));
    if ('error' in selection) throw selection.error;
    return selection.tenantId;
  }

  clear(): void {
    this.#selections.clear();
  }

  async #load(organizationId: string, selectors: readonly TenantSelector[]): Promise<Loaded<Selection>> {
    const { registry, clock, ttlMs } = this.#options;
    const validity = new Period(clock, ttlMs);
    const refused = new Period(clock, Math.min(ttlMs, NEGATIVE_TTL_MS));
    const records =
      selectors.length === 0
        ? await registry.listTenants(organizationId)
        : await registry.selectTenants(organizationId, selectionOf(selectors));
    try {
      const tenantId = selectors.length === 0 ? onlyTenant(records) : matchSelectors(records, selectors);
      return { value: { tenantId }, validity };
    } catch (error) {
      if (!ObjectStackError.isInstance(error)) throw error;
      return { value: { error }, validity: refused };
    }
  }
}
